import { targetParameter } from '../../../core/drivers/registration.ts';
import { ALIAS, FUNCTION, type Stage } from '../../stage/stage.ts';

/** AppSpec of a deployment as somebody would start it by hand, without hooks; `properties` are further ones of a service. */
export const foreignAppSpec = async (
  { sandbox: { call }, pair }: Stage,
  target: 'web' | 'api',
  properties: object = {},
) => {
  if (target === 'web') {
    const { Parameter } = await call('ssm', 'GetParameter', {
      Name: targetParameter(pair, target),
    });
    const { cluster, service, container, port } = JSON.parse(Parameter.Value);
    const { services } = await call('ecs', 'DescribeServices', { cluster, services: [service] });
    const primary = services[0].taskSets.find(
      ({ status }: { status: string }) => status === 'PRIMARY',
    );
    return JSON.stringify({
      version: '0.0',
      Resources: [
        {
          TargetService: {
            Type: 'AWS::ECS::Service',
            Properties: {
              TaskDefinition: primary.taskDefinition,
              LoadBalancerInfo: { ContainerName: container, ContainerPort: port },
              ...properties,
            },
          },
        },
      ],
    });
  }
  const { FunctionVersion } = await call('lambda', 'GetAlias', {
    FunctionName: FUNCTION,
    Name: ALIAS,
  });
  const { Version } = await call('lambda', 'PublishVersion', { FunctionName: FUNCTION });
  return JSON.stringify({
    version: '0.0',
    Resources: [
      {
        api: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Name: FUNCTION,
            Alias: ALIAS,
            CurrentVersion: FunctionVersion,
            TargetVersion: Version,
          },
        },
      },
    ],
  });
};
