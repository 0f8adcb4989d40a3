/** The Step Functions integrations `aws-sdk:<service>:<action>`. */
import { describe, expect, it } from 'vitest';
import { sdkIntegration } from '../../../packages/sandbox/front/integration.ts';
import { modelOf, services } from '../../../packages/sandbox/front/model.ts';
import { fromMembers } from '../../../packages/sandbox/front/pascal-fields.ts';
import { sample } from './sample.ts';

describe('services and actions', () => {
  it.each([
    ['codedeploy', 'createDeployment', 'codedeploy', 'CreateDeployment'],
    ['sfn', 'startExecution', 'states', 'StartExecution'],
    [
      'elasticloadbalancingv2',
      'describeTargetHealth',
      'elasticloadbalancing',
      'DescribeTargetHealth',
    ],
    ['eventbridge', 'putEvents', 'events', 'PutEvents'],
    ['cloudwatch', 'describeAlarms', 'cloudwatch', 'DescribeAlarms'],
    ['dynamodb', 'getItem', 'dynamodb', 'GetItem'],
  ])('finds %s:%s', async (service, action, id, operation) => {
    expect(await sdkIntegration(service, action)).toMatchObject({ service: id, operation });
  });

  it('rejects a service that it does not know', async () => {
    await expect(sdkIntegration('s3', 'getObject')).rejects.toThrow(
      'aws-sdk:s3:getObject: the sandbox has no service "s3"',
    );
  });

  it.each(['createTheMoon', 'CreateDeployment'])('rejects the action %s', async (action) => {
    await expect(sdkIntegration('codedeploy', action)).rejects.toThrow(
      `aws-sdk:codedeploy:${action}: codedeploy has no action "${action}"`,
    );
  });
});

describe('parameters', () => {
  it('become members at every depth; keys of maps stay', async () => {
    const { toInput } = await sdkIntegration('ecs', 'registerTaskDefinition');

    const input = toInput({
      Family: 'web',
      ContainerDefinitions: [
        {
          Name: 'web',
          PortMappings: [{ ContainerPort: 80 }],
          LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'g', Mode: 'x' } },
        },
      ],
    });

    expect(input).toEqual({
      family: 'web',
      containerDefinitions: [
        {
          name: 'web',
          portMappings: [{ containerPort: 80 }],
          logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g', Mode: 'x' } },
        },
      ],
    });
  });

  it('become timestamps and bytes', async () => {
    const events = await sdkIntegration('eventbridge', 'putEvents');
    const lambda = await sdkIntegration('lambda', 'invoke');

    expect(events.toInput({ Entries: [{ Time: '2026-01-02T03:04:05Z' }, { Time: 1 }] })).toEqual({
      Entries: [{ Time: new Date('2026-01-02T03:04:05Z') }, { Time: new Date(1000) }],
    });
    expect(lambda.toInput({ FunctionName: 'f', Payload: { a: 1 } })).toEqual({
      FunctionName: 'f',
      Payload: new TextEncoder().encode('{"a":1}'),
    });
  });

  it('are named as the SDK for Java names them, first acronyms as words', async () => {
    const { toInput, toOutput } = await sdkIntegration('lambda', 'getFunctionConfiguration');
    const update = await sdkIntegration('lambda', 'updateFunctionConfiguration');

    expect(update.toInput({ FunctionName: 'f', KmsKeyArn: 'k' })).toEqual({
      FunctionName: 'f',
      KMSKeyArn: 'k',
    });
    expect(update.toInput({ FunctionName: 'f', KMSKeyArn: 'k' })).toMatchObject({ KMSKeyArn: 'k' });
    expect(toInput({ FunctionName: 'f' })).toEqual({ FunctionName: 'f' });
    expect(toOutput({ KMSKeyArn: 'k', CodeSha256: 's' })).toEqual({
      KmsKeyArn: 'k',
      CodeSha256: 's',
    });
  });

  it('are refused by name in any other case', async () => {
    const { toInput } = await sdkIntegration('codedeploy', 'getDeployment');

    expect(() => toInput({ deploymentId: 'd-1' })).toThrow(
      'codedeploy:getDeployment: the field "deploymentId" is not supported, only DeploymentId',
    );
  });

  it('are refused when they have the wrong kind', async () => {
    const { toInput } = await sdkIntegration('cloudwatch', 'describeAlarms');
    const { toInput: toEvents } = await sdkIntegration('eventbridge', 'putEvents');

    expect(() => toInput({ AlarmNames: 'one' })).toThrow(
      'cloudwatch:describeAlarms: "one" is given where a list is needed',
    );
    expect(() => toEvents({ Entries: [{ Time: 'soon' }] })).toThrow('"soon" is not a timestamp');
    expect(() => toInput({ MaxRecords: 'few' })).toThrow(
      'cloudwatch:describeAlarms: STRING_VALUE cannot be converted to Number, in "few"',
    );
  });

  it('must be there if the service requires them', async () => {
    const { toInput } = await sdkIntegration('codedeploy', 'getDeployment');

    expect(() => toInput({})).toThrow(
      expect.objectContaining({
        name: 'DeploymentIdRequiredException',
        message: expect.stringContaining("'deploymentId'"),
      }),
    );
  });

  it('of dynamodb stay the wire document that they are', async () => {
    const { toInput, toOutput } = await sdkIntegration('dynamodb', 'getItem');
    const document = { TableName: 't', Key: { id: { S: 'a' }, on: { BOOL: true } } };

    expect(toInput(document)).toEqual(document);
    expect(toOutput(document)).toEqual(document);
  });
});

describe('results', () => {
  it('are JSON in PascalCase, with timestamps as text', async () => {
    const { toOutput } = await sdkIntegration('codedeploy', 'getDeployment');

    const result = toOutput({
      deploymentInfo: {
        deploymentId: 'd-1',
        status: 'Succeeded',
        createTime: new Date('2026-01-02T03:04:05.678Z'),
        completeTime: new Date('2026-01-02T04:00:00Z'),
        errorInformation: undefined,
        neverHeardOf: 1,
      },
    });

    expect(result).toEqual({
      DeploymentInfo: {
        DeploymentId: 'd-1',
        Status: 'Succeeded',
        CreateTime: '2026-01-02T03:04:05.678Z',
        CompleteTime: '2026-01-02T04:00:00Z',
      },
    });
  });

  it('are an empty object where AWS answers nothing', async () => {
    const { toOutput } = await sdkIntegration('codedeploy', 'deleteApplication');

    expect(toOutput(undefined)).toEqual({});
  });
});

describe('errors', () => {
  it.each([
    [
      'codedeploy',
      'createDeployment',
      'DeploymentLimitExceededException',
      'CodeDeploy.DeploymentLimitExceededException',
    ],
    [
      'codedeploy',
      'createDeployment',
      'InvalidECSServiceException',
      'CodeDeploy.InvalidEcsServiceException',
    ],
    ['sfn', 'startExecution', 'ExecutionAlreadyExists', 'Sfn.ExecutionAlreadyExistsException'],
    ['cloudwatch', 'putMetricAlarm', 'LimitExceededFault', 'CloudWatch.LimitExceededException'],
    [
      'elasticloadbalancingv2',
      'modifyListener',
      'ListenerNotFoundException',
      'ElasticLoadBalancingV2.ListenerNotFoundException',
    ],
    [
      'dynamodb',
      'putItem',
      'ConditionalCheckFailedException',
      'DynamoDb.ConditionalCheckFailedException',
    ],
    ['ecs', 'describeServices', 'NeverHeardOf', 'Ecs.EcsException'],
  ])('of %s:%s: %s is seen as %s', async (service, action, name, seen) => {
    expect((await sdkIntegration(service, action)).errorName(name)).toBe(seen);
  });
});

/** For every operation, what Step Functions would show leads back to the same input. */
describe.each(services.filter(({ raw }) => !raw))('the parameters of $id', async (row) => {
  const model = await modelOf(row);

  it.each([...model.operations.values()])('of $name come back', async ({ name, input }) => {
    const action = name.charAt(0).toLowerCase() + name.slice(1);
    const { toInput } = await sdkIntegration(row.integration ?? row.id, action);
    const shown = JSON.parse(JSON.stringify(fromMembers(input, sample(input))));

    const again = toInput(shown) as object;

    expect(Object.keys(again)).toEqual(Object.keys(sample(input) as object));
    expect(fromMembers(input, again)).toEqual(shown);
  });
});
