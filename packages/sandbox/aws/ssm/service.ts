/** Systems Manager's Parameter Store. */
import type { Caller, Cloud, Permission, Service } from '../../cloud.ts';
import { type Parameter, parameterArn } from './parameters.ts';
import { readingOperations } from './reading.ts';
import { ssmResources } from './resources.ts';
import { writingOperations } from './writing.ts';

/** Makes the Parameter Store; parameters are kept by Region. */
export const ssmService = (cloud: Cloud): Service => {
  const regions = new Map<string, Map<string, Parameter>>();
  const parametersOf = (region: string) => {
    const parameters = regions.get(region) ?? new Map<string, Parameter>();
    regions.set(region, parameters);
    return parameters;
  };

  const on = (operation: string, names: readonly string[], { region }: Caller): Permission[] =>
    names.map((name) => ({
      action: `ssm:${operation}`,
      resource: name.startsWith('arn:')
        ? name
        : parameterArn(name.split(':')[0] ?? '', region, cloud.account),
    }));
  const byName = (operation: string) => (input: { Name: string }, caller: Caller) =>
    on(operation, [input.Name], caller);
  const byNames = (operation: string) => (input: { Names: string[] }, caller: Caller) =>
    on(operation, input.Names, caller);

  return {
    id: 'ssm',
    operations: { ...readingOperations(parametersOf), ...writingOperations(cloud, parametersOf) },
    permissions: {
      PutParameter: byName('PutParameter'),
      GetParameter: byName('GetParameter'),
      GetParameterHistory: byName('GetParameterHistory'),
      DeleteParameter: byName('DeleteParameter'),
      GetParameters: byNames('GetParameters'),
      DeleteParameters: byNames('DeleteParameters'),
      GetParametersByPath: ({ Path }, caller) => on('GetParametersByPath', [Path], caller),
    },
    resources: ssmResources,
  };
};
