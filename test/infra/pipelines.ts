/** Pipelines for a pair that runs already, as an app adds them. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ReleasePair, type ReleasePairProps } from '../../infra/pair/release-pair.ts';
import {
  ReleasePipeline,
  type ReleasePipelineProps,
} from '../../infra/pipeline/release-pipeline.ts';
import { importedFunction, importedRoles, importedService } from './imported.ts';

export const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111122223333:connection/3f2a-97';

/** What a pipeline of the pair says, made in the stack. */
export type PropsOf = (stack: Stack, pair: ReleasePair) => Partial<ReleasePipelineProps>;

/** A stack with the pair `shop` and a pipeline that builds both its halves, unless told otherwise. */
export const pipelineStack = (
  propsOf: PropsOf = () => ({}),
  pairProps: Partial<ReleasePairProps> = {},
) => {
  const app = new App();
  const stack = new Stack(app, 'shop', {
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  const service = { ...importedService(stack), taskRoles: importedRoles(stack) };
  const code = importedFunction(stack);
  const pair = new ReleasePair(stack, 'Shop', {
    pair: 'shop',
    join: 'manual',
    ecs: service,
    lambda: code,
    ...pairProps,
  });
  const pipeline = new ReleasePipeline(stack, 'Pipeline', {
    pair,
    source: { connectionArn: CONNECTION, owner: 'corner', repository: 'shop' },
    image: { target: 'web', repository: service.repository, folder: 'web' },
    function: { target: 'api', function: code.function, folder: 'api' },
    ...propsOf(stack, pair),
  });
  return { app, stack, pipeline };
};

/** Its template. */
export const pipelineTemplate = (...how: Parameters<typeof pipelineStack>): Template =>
  Template.fromStack(pipelineStack(...how).stack);

/** Properties of the only resource of a type whose `Name` or other text holds `about`. */
export const propertiesOf = (template: Template, type: string, about = ''): any => {
  const found = Object.values(template.findResources(type)).filter((one) =>
    JSON.stringify(one).includes(about),
  );
  if (found.length !== 1) throw new Error(`${found.length} of ${type} hold "${about}"`);
  return found[0]!.Properties;
};

/** What a role may do, as `action resource` with the intrinsic functions taken out of the resource. */
export const permissionsOf = (
  template: Template,
  service: string,
  about: string,
): readonly string[] => {
  const roles = Object.values(template.findResources('AWS::IAM::Role')).filter(
    ({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes(service) &&
      JSON.stringify(Properties.Policies).includes(about),
  );
  if (roles.length !== 1) throw new Error(`${roles.length} roles of ${service} hold "${about}"`);
  const plain = (value: any): string =>
    typeof value === 'string'
      ? value
      : value.Ref
        ? `<${value.Ref}>`
        : value['Fn::GetAtt']
          ? `<${value['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '')}>`
          : value['Fn::Join'][1].map(plain).join('');
  return roles[0]!.Properties.Policies.flatMap(({ PolicyDocument }: any) =>
    PolicyDocument.Statement.flatMap(({ Action, Resource }: any) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((resource) => `${action} ${plain(resource)}`)),
    ),
  ).sort();
};
