/** Inputs that work in a furnished sandbox: odd requests are made of them by changing parts. `$<word>` is an ARN that has this word. */
import { furniture, revision } from './furniture.ts';

type Example = readonly [service: string, operation: string, input: Record<string, unknown>];

const alarm = { AlarmName: 'web', StateValue: 'ALARM', StateReason: 'web' };
const forward = [{ Type: 'forward', TargetGroupArn: '$targetgroup' }];
const weighted = [
  {
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn: '$targetgroup', Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: false, DurationSeconds: 5 },
    },
  },
];
const target = { Id: '10.0.0.4', Port: 80 };
const key = { web: { S: 'web' } };
const service = { cluster: 'web', service: 'web' };
const metric = { Namespace: 'web', MetricName: 'web' };
const query = {
  Id: 'm1',
  MetricStat: { Metric: metric, Period: 60, Stat: 'p95' },
};
const tags = [{ Key: 'web', Value: 'web' }];
const scalable = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/web/web',
  ScalableDimension: 'ecs:service:DesiredCount',
};
const group = { applicationName: 'web', currentDeploymentGroupName: 'web' };
const fn = { FunctionName: 'web' };
const pattern =
  '{"source":["web"],"detail":{"a":[{"prefix":"x"},{"numeric":[">",1]},{"exists":true}]}}';
const event =
  '{"id":"1","account":"1","source":"web","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail-type":"web","detail":{}}';
const machine = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'A',
  States: {
    A: {
      Type: 'Map',
      Items: [1],
      ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Wait', Seconds: 1, End: true } } },
      Next: 'C',
    },
    C: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'D' }], Default: 'D' },
    D: { Type: 'Succeed' },
  },
});

const asked: readonly Example[] = [
  [
    'application-autoscaling',
    'RegisterScalableTarget',
    { ...scalable, MinCapacity: 1, MaxCapacity: 2 },
  ],
  ['application-autoscaling', 'DescribeScalableTargets', { ServiceNamespace: 'ecs' }],
  [
    'application-autoscaling',
    'PutScalingPolicy',
    {
      ...scalable,
      PolicyName: 'web',
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
      },
    },
  ],
  ['cloudwatch', 'PutDashboard', { DashboardName: 'web', DashboardBody: '{"widgets":[]}' }],
  ['cloudwatch', 'GetDashboard', { DashboardName: 'web' }],
  [
    'cloudwatch',
    'PutMetricData',
    { Namespace: 'web', MetricData: [{ MetricName: 'web', Value: 1, Unit: 'Count' }] },
  ],
  [
    'cloudwatch',
    'GetMetricStatistics',
    {
      ...metric,
      StartTime: 1_767_600_000,
      EndTime: 1_767_603_600,
      Period: 60,
      Statistics: ['Sum'],
    },
  ],
  [
    'cloudwatch',
    'GetMetricData',
    {
      StartTime: 1_767_600_000,
      EndTime: 1_767_603_600,
      MetricDataQueries: [query, { Id: 'e1', Expression: 'FILL(m1, 0) * 100 / MAX([m1, 1])' }],
    },
  ],
  [
    'cloudwatch',
    'PutCompositeAlarm',
    { AlarmName: 'both', AlarmRule: 'ALARM("web") OR NOT OK(web)' },
  ],
  [
    'cloudwatch',
    'PutMetricAlarm',
    {
      AlarmName: 'math',
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Metrics: [
        { ...query, ReturnData: false },
        { Id: 'e1', Expression: 'm1 / 2', ReturnData: true },
      ],
    },
  ],
  ['cloudwatch', 'SetAlarmState', alarm],
  ['cloudwatch', 'ListTagsForResource', { ResourceARN: '$alarm' }],
  [
    'codedeploy',
    'CreateDeployment',
    { applicationName: 'web', deploymentGroupName: 'web', revision },
  ],
  ['codedeploy', 'GetApplicationRevision', { applicationName: 'web', revision }],
  ['codedeploy', 'RegisterApplicationRevision', { applicationName: 'web', revision }],
  [
    'codedeploy',
    'UpdateDeploymentGroup',
    { ...group, alarmConfiguration: { enabled: true, alarms: [{ name: 'web' }] } },
  ],
  ['dynamodb', 'GetItem', { TableName: 'web', Key: key }],
  ['dynamodb', 'DeleteItem', { TableName: 'web', Key: key }],
  [
    'dynamodb',
    'UpdateItem',
    {
      TableName: 'web',
      Key: key,
      UpdateExpression: 'SET #a = if_not_exists(n, :a) REMOVE b',
      ConditionExpression: 'attribute_not_exists(b) OR n > :a',
      ExpressionAttributeNames: { '#a': 'n' },
      ExpressionAttributeValues: { ':a': { N: '1' } },
    },
  ],
  [
    'dynamodb',
    'Query',
    {
      TableName: 'web',
      KeyConditionExpression: 'web = :a',
      ExpressionAttributeValues: { ':a': { S: 'web' } },
    },
  ],
  ['dynamodb', 'Scan', { TableName: 'web', Limit: 1 }],
  ['dynamodb', 'BatchGetItem', { RequestItems: { web: { Keys: [key] } } }],
  ['dynamodb', 'BatchWriteItem', { RequestItems: { web: [{ PutRequest: { Item: key } }] } }],
  ['dynamodb', 'TagResource', { ResourceArn: '$table', Tags: tags }],
  ['dynamodb', 'UntagResource', { ResourceArn: '$table', TagKeys: ['web'] }],
  [
    'ecr',
    'PutImage',
    {
      repositoryName: 'web',
      imageTag: '1',
      imageManifest: '{"schemaVersion":2,"config":{"digest":"sha256:0"},"layers":[]}',
    },
  ],
  ['ecr', 'DescribeImages', { repositoryName: 'web' }],
  ['ecr', 'BatchGetImage', { repositoryName: 'web', imageIds: [{ imageTag: '1' }] }],
  ['ecs', 'UpdateService', { ...service, desiredCount: 0 }],
  ['ecs', 'DescribeServices', { cluster: 'web', services: ['web'], include: ['TAGS'] }],
  [
    'ecs',
    'CreateTaskSet',
    {
      ...service,
      taskDefinition: 'web:1',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-web'] } },
      loadBalancers: [{ targetGroupArn: '$targetgroup', containerName: 'web', containerPort: 80 }],
      scale: { unit: 'PERCENT', value: 100 },
    },
  ],
  ['ecs', 'DescribeTaskSets', service],
  ['ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' }],
  ['ecs', 'ListTasks', { cluster: 'web', serviceName: 'web' }],
  [
    'elasticloadbalancing',
    'CreateListener',
    { LoadBalancerArn: '$loadbalancer', Port: 81, Protocol: 'HTTP', DefaultActions: forward },
  ],
  [
    'elasticloadbalancing',
    'CreateRule',
    {
      ListenerArn: '$:listener',
      Priority: 1,
      Actions: forward,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/web/*'] } }],
    },
  ],
  [
    'elasticloadbalancing',
    'ModifyListener',
    { ListenerArn: '$:listener', DefaultActions: weighted },
  ],
  ['elasticloadbalancing', 'DescribeListeners', { LoadBalancerArn: '$loadbalancer' }],
  ['elasticloadbalancing', 'DescribeRules', { ListenerArn: '$:listener' }],
  [
    'elasticloadbalancing',
    'ModifyTargetGroup',
    { TargetGroupArn: '$targetgroup', HealthCheckPath: '/', Matcher: { HttpCode: '200-299' } },
  ],
  [
    'elasticloadbalancing',
    'ModifyTargetGroupAttributes',
    {
      TargetGroupArn: '$targetgroup',
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '5' }],
    },
  ],
  [
    'elasticloadbalancing',
    'ModifyLoadBalancerAttributes',
    {
      LoadBalancerArn: '$loadbalancer',
      Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '5' }],
    },
  ],
  [
    'elasticloadbalancing',
    'RegisterTargets',
    { TargetGroupArn: '$targetgroup', Targets: [target] },
  ],
  [
    'elasticloadbalancing',
    'DeregisterTargets',
    { TargetGroupArn: '$targetgroup', Targets: [target] },
  ],
  [
    'events',
    'PutTargets',
    {
      Rule: 'web',
      Targets: [
        {
          Id: '1',
          Arn: '$:sns:',
          InputTransformer: { InputPathsMap: { a: '$.detail' }, InputTemplate: '"<a>"' },
          DeadLetterConfig: { Arn: '$:sns:' },
        },
      ],
    },
  ],
  ['events', 'PutRule', { Name: 'web', EventPattern: pattern }],
  ['events', 'PutRule', { Name: 'timed', ScheduleExpression: 'rate(1 minute)' }],
  ['events', 'PutEvents', { Entries: [{ Source: 'web', DetailType: 'web', Detail: '{"a":1}' }] }],
  ['events', 'ListTargetsByRule', { Rule: 'web' }],
  ['events', 'TestEventPattern', { EventPattern: pattern, Event: event }],
  ['kms', 'DescribeKey', { KeyId: '$:kms:' }],
  ['kms', 'GenerateDataKey', { KeyId: '$:kms:', KeySpec: 'AES_256' }],
  ['kms', 'GenerateMac', { KeyId: '$:kms:', Message: 'YQ==', MacAlgorithm: 'HMAC_SHA_256' }],
  [
    'kms',
    'VerifyMac',
    { KeyId: '$:kms:', Message: 'YQ==', Mac: 'YQ==', MacAlgorithm: 'HMAC_SHA_256' },
  ],
  ['lambda', 'CreateAlias', { ...fn, Name: 'live', FunctionVersion: '$LATEST' }],
  [
    'lambda',
    'UpdateAlias',
    { ...fn, Name: 'live', RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } } },
  ],
  ['lambda', 'GetAlias', { ...fn, Name: 'live' }],
  ['lambda', 'PublishVersion', fn],
  ['lambda', 'Invoke', { ...fn, Payload: '{}' }],
  ['lambda', 'Invoke', { ...fn, Payload: '{}', InvocationType: 'Event' }],
  ['lambda', 'UpdateFunctionConfiguration', { ...fn, Environment: { Variables: { A: '1' } } }],
  [
    'lambda',
    'AddPermission',
    { ...fn, StatementId: '1', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' },
  ],
  [
    'lambda',
    'PutFunctionEventInvokeConfig',
    { ...fn, DestinationConfig: { OnFailure: { Destination: '$:sns:' } } },
  ],
  ['lambda', 'CreateFunctionUrlConfig', { ...fn, AuthType: 'NONE', Cors: { AllowOrigins: ['*'] } }],
  ['sns', 'GetTopicAttributes', { TopicArn: '$:sns:' }],
  [
    'sns',
    'SetTopicAttributes',
    { TopicArn: '$:sns:', AttributeName: 'Policy', AttributeValue: '{}' },
  ],
  ['sns', 'Subscribe', { TopicArn: '$:sns:', Protocol: 'lambda', Endpoint: '$function' }],
  [
    'sns',
    'Subscribe',
    {
      TopicArn: '$:sns:',
      Protocol: 'email',
      Endpoint: 'b@example.com',
      Attributes: { FilterPolicy: '{"a":["b"]}' },
    },
  ],
  [
    'sns',
    'Publish',
    {
      TopicArn: '$:sns:',
      Message: '{"default":"web"}',
      MessageStructure: 'json',
      MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
    },
  ],
  [
    'sns',
    'PublishBatch',
    { TopicArn: '$:sns:', PublishBatchRequestEntries: [{ Id: '1', Message: 'web' }] },
  ],
  ['ssm', 'GetParametersByPath', { Path: '/' }],
  [
    'ssm',
    'DescribeParameters',
    { ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: ['web'] }] },
  ],
  ['states', 'CreateStateMachine', { name: 'maps', definition: machine, roleArn: '$role' }],
  ['states', 'UpdateStateMachine', { stateMachineArn: '$stateMachine', definition: machine }],
  ['states', 'StartExecution', { stateMachineArn: '$stateMachine', input: '{}' }],
  ['states', 'DescribeExecution', { executionArn: '$execution' }],
  ['states', 'GetExecutionHistory', { executionArn: '$execution' }],
  ['states', 'RedriveExecution', { executionArn: '$execution' }],
  ['states', 'ListExecutions', { stateMachineArn: '$stateMachine' }],
  ['states', 'ListTagsForResource', { resourceArn: '$stateMachine' }],
  ['sts', 'AssumeRole', { RoleArn: '$role', RoleSessionName: 'web' }],
];

const filled = (value: unknown, arns: readonly string[]): unknown => {
  if (typeof value === 'string' && /^\$[a-z:]/.test(value)) {
    return arns.find((arn) => arn.includes(value.slice(1))) ?? value;
  }
  if (Array.isArray(value)) return value.map((each) => filled(each, arns));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, filled(each, arns)]),
  );
};

/** The working inputs of an operation in a sandbox with these ARNs. */
export const examplesOf = (
  service: string,
  operation: string,
  arns: readonly string[],
): readonly Record<string, unknown>[] =>
  [...furniture, ...asked]
    .filter(([id, name]) => id === service && name === operation)
    .map(([, , input]) => filled(input, arns) as Record<string, unknown>);
