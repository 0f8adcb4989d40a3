/** CloudFormation's `AWS::StepFunctions::StateMachine`. */
import type { ResourceProvider } from '../../cloud.ts';

/** Puts the values of DefinitionSubstitutions in the place of their `${Name}`. */
const substituted = (definition: string, substitutions: Readonly<Record<string, unknown>>) =>
  definition.replace(/\$\{([\w.]+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(substitutions, name) ? String(substitutions[name]) : placeholder,
  );

const stateMachine: ResourceProvider = {
  properties: [
    'Definition',
    'DefinitionString',
    'DefinitionSubstitutions',
    'RoleArn',
    'StateMachineName',
    'StateMachineType',
  ],
  ignored: ['LoggingConfiguration', 'Tags', 'TracingConfiguration'],
  create: async (properties, { call, physicalName }) => {
    const { Definition, DefinitionString, DefinitionSubstitutions = {} } = properties;
    const name = properties.StateMachineName ?? physicalName(80);
    const definition = substituted(
      DefinitionString ?? JSON.stringify(Definition),
      DefinitionSubstitutions,
    );
    const { stateMachineArn } = await call('states', 'CreateStateMachine', {
      name,
      definition,
      roleArn: properties.RoleArn,
      type: properties.StateMachineType ?? 'STANDARD',
    });
    return {
      ref: stateMachineArn,
      attributes: { Arn: stateMachineArn, Name: name, StateMachineRevisionId: 'INITIAL' },
    };
  },
};

/** The resource types of Step Functions. */
export const statesResources: Readonly<Record<string, ResourceProvider>> = {
  'AWS::StepFunctions::StateMachine': stateMachine,
};
