/** What a sandbox holds before odd requests come: one of each, so that they find something, and by its real name. */
import { handlerOf, zipOf } from '../aws/lambda/handlers.ts';
import type { localCloud } from '../local-cloud.ts';

const machine = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'A',
  States: { A: { Type: 'Pass', End: true } },
});
const role = 'arn:aws:iam::111122223333:role/web';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: ['codedeploy.amazonaws.com', 'lambda.amazonaws.com'] },
    },
  ],
});
const network = { awsvpcConfiguration: { subnets: ['subnet-web'] } };
const container = { name: 'web', image: 'web:1', portMappings: [{ containerPort: 80 }] };

const appSpec = JSON.stringify({
  version: 0.0,
  Resources: [
    {
      web: {
        Type: 'AWS::Lambda::Function',
        Properties: { Name: 'web', Alias: 'live', CurrentVersion: '1', TargetVersion: '1' },
      },
    },
  ],
});
/** A revision of the function. */
export const revision = { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec } };

/** Service, operation and input of what is made, in this order; `$…` stands for the ARN that the answer before had. */
export const furniture: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ['iam', 'CreateRole', { RoleName: 'web', AssumeRolePolicyDocument: trust }],
  ['kms', 'CreateKey', {}],
  ['kms', 'CreateKey', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
  ['sns', 'CreateTopic', { Name: 'web' }],
  ['sns', 'Subscribe', { TopicArn: '$topic', Protocol: 'email', Endpoint: 'a@example.com' }],
  ['ssm', 'PutParameter', { Name: 'web', Value: 'web', Type: 'String' }],
  ['ecr', 'CreateRepository', { repositoryName: 'web' }],
  ['events', 'PutRule', { Name: 'web', EventPattern: '{"source":["web"]}' }],
  ['states', 'CreateStateMachine', { name: 'web', definition: machine, roleArn: role }],
  ['states', 'StartExecution', { stateMachineArn: '$stateMachine', name: 'web' }],
  [
    'dynamodb',
    'CreateTable',
    {
      TableName: 'web',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'web', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'web', AttributeType: 'S' }],
    },
  ],
  ['dynamodb', 'PutItem', { TableName: 'web', Item: { web: { S: 'web' }, n: { N: '1' } } }],
  [
    'cloudwatch',
    'PutMetricAlarm',
    {
      AlarmName: 'web',
      Namespace: 'web',
      MetricName: 'web',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  ],
  ['ecs', 'CreateCluster', { clusterName: 'web' }],
  [
    'ecs',
    'RegisterTaskDefinition',
    {
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [container],
    },
  ],
  [
    'ecs',
    'CreateService',
    {
      cluster: 'web',
      serviceName: 'web',
      taskDefinition: 'web:1',
      launchType: 'FARGATE',
      desiredCount: 0,
      deploymentController: { type: 'CODE_DEPLOY' },
      networkConfiguration: network,
    },
  ],
  [
    'elasticloadbalancing',
    'CreateTargetGroup',
    { Name: 'web', Port: 80, Protocol: 'HTTP', TargetType: 'ip' },
  ],
  ['elasticloadbalancing', 'CreateLoadBalancer', { Name: 'web' }],
  [
    'elasticloadbalancing',
    'CreateListener',
    {
      LoadBalancerArn: '$loadbalancer',
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    },
  ],
  [
    'lambda',
    'CreateFunction',
    {
      FunctionName: 'web',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile: zipOf(handlerOf('return event;')) },
    },
  ],
  ['codedeploy', 'CreateApplication', { applicationName: 'web', computePlatform: 'Lambda' }],
  [
    'codedeploy',
    'CreateDeploymentGroup',
    {
      applicationName: 'web',
      deploymentGroupName: 'web',
      serviceRoleArn: role,
      deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
      deploymentStyle: {
        deploymentType: 'BLUE_GREEN',
        deploymentOption: 'WITH_TRAFFIC_CONTROL',
      },
    },
  ],
  ['lambda', 'PublishVersion', { FunctionName: 'web' }],
  ['lambda', 'CreateAlias', { FunctionName: 'web', Name: 'live', FunctionVersion: '1' }],
  [
    'codedeploy',
    'CreateDeployment',
    { applicationName: 'web', deploymentGroupName: 'web', revision },
  ],
];

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
};

const isId = (text: string) => text.startsWith('arn:') || /^d-[A-Z0-9]{9}$/.test(text);

/** Makes all of it; gives the ARNs and ids that the sandbox chose. */
export const furnish = async ({
  ask,
  cloud: { clock },
}: ReturnType<typeof localCloud>): Promise<string[]> => {
  const found = new Set<string>();
  let last = '';
  for (const [service, operation, input] of furniture) {
    const filled = Object.entries(input).map(([key, value]) => [
      key,
      value === '$loadbalancer' || value === '$topic' || value === '$stateMachine' ? last : value,
    ]);
    const arns = textsOf(await ask(service, operation, Object.fromEntries(filled))).filter(isId);
    last = arns[0] ?? last;
    // A function that was just made cannot be published yet.
    if (operation === 'CreateFunction') await clock.sleep(5000);
    for (const arn of arns) found.add(arn);
  }
  return [...found];
};
