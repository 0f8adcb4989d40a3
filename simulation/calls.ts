/** The calls that functions of Tandem make while a release is under way, and when a release comes to them. */

import type { Call } from 'tandem-sandbox';

/** What a release must meet for a call to be made: `forward` is met by each. */
export type Way =
  | 'forward'
  | 'red'
  | 'command'
  | 'approval'
  | 'stopped'
  | 'rollback'
  | 'late-rollback';

/** Calls as `<service>.<Operation>`, by the way that leads to them. */
type Calls = Readonly<Partial<Record<Way, readonly string[]>>>;

const READS_DEPLOYMENT = [
  'codedeploy.ListDeploymentTargets',
  'codedeploy.BatchGetDeploymentTargets',
];
const WRITES_RECORD = ['dynamodb.GetItem', 'dynamodb.PutItem'];
const WRITES_AND_WAKES = [...WRITES_RECORD, 'states.SendTaskSuccess'];
const KNOWS_RELEASE = ['codedeploy.GetDeployment', 'dynamodb.GetItem', 'states.DescribeExecution'];
const ANSWERS_HOOK = [...KNOWS_RELEASE, 'codedeploy.PutLifecycleEventHookExecutionStatus'];
const READS_TRAFFIC = [
  'elasticloadbalancing.DescribeRules',
  'ecs.DescribeServices',
  'lambda.GetAlias',
];

/** Calls of each handler. A run of the simulation names calls that were made and are missing here. */
export const CALLS: Readonly<Record<string, Calls>> = {
  'validate-release': {
    forward: [
      ...WRITES_RECORD,
      ...READS_TRAFFIC,
      'dynamodb.Query',
      'ssm.GetParametersByPath',
      'ecr.DescribeImages',
      'ecr.DescribeRepositories',
      'lambda.GetFunctionConfiguration',
      'cloudwatch.DescribeAlarms',
      'codedeploy.GetDeploymentGroup',
      'elasticloadbalancing.DescribeListeners',
      'elasticloadbalancing.DescribeTargetHealth',
      'ecs.DescribeTaskDefinition',
    ],
    stopped: ['states.DescribeExecution'],
  },
  'take-turn': { forward: WRITES_AND_WAKES },
  'prepare-target': {
    forward: [
      ...WRITES_RECORD,
      'lambda.GetAlias',
      'ecs.DescribeServices',
      'ecs.DescribeTaskDefinition',
      'lambda.GetFunctionConfiguration',
      'sts.AssumeRole',
      'lambda.ListTags',
      'lambda.PublishVersion',
      'cloudwatch.DescribeAlarms',
      'cloudwatch.PutMetricAlarm',
    ],
  },
  'set-scaling': { rollback: ['dynamodb.GetItem'] },
  'launch-deployment': {
    forward: [...WRITES_RECORD, 'codedeploy.ListDeployments', 'codedeploy.CreateDeployment'],
  },
  'prove-release': {
    forward: [
      ...WRITES_RECORD,
      'elasticloadbalancing.DescribeListeners',
      'elasticloadbalancing.DescribeLoadBalancers',
      'lambda.Invoke',
    ],
  },
  'request-approval': { approval: [...WRITES_RECORD, 'sns.Publish', 'kms.GenerateMac'] },
  'start-shift': {
    forward: [
      ...WRITES_RECORD,
      'codedeploy.ListDeployments',
      'codedeploy.CreateDeployment',
      'codedeploy.ContinueDeployment',
      'codedeploy.PutLifecycleEventHookExecutionStatus',
    ],
  },
  observe: {
    forward: [
      ...WRITES_RECORD,
      ...READS_TRAFFIC,
      ...READS_DEPLOYMENT,
      'codedeploy.ListDeployments',
      'codedeploy.GetDeployment',
      'ecs.ListTasks',
      'elasticloadbalancing.DescribeTargetHealth',
      'elasticloadbalancing.DescribeTargetGroups',
      'cloudwatch.DescribeAlarms',
      'cloudwatch.DescribeAlarmHistory',
      'cloudwatch.GetMetricData',
    ],
    rollback: ['codedeploy.BatchGetDeployments'],
  },
  listen: { forward: ['dynamodb.UpdateItem'] },
  decide: { forward: WRITES_RECORD },
  'answer-target': {
    forward: [
      ...WRITES_RECORD,
      'codedeploy.PutLifecycleEventHookExecutionStatus',
      'codedeploy.ContinueDeployment',
    ],
  },
  'take-back-target': {
    rollback: [
      ...WRITES_RECORD,
      ...READS_TRAFFIC,
      ...READS_DEPLOYMENT,
      'codedeploy.GetDeployment',
      'codedeploy.ListDeployments',
      'codedeploy.StopDeployment',
      'codedeploy.PutLifecycleEventHookExecutionStatus',
    ],
    'late-rollback': ['codedeploy.CreateDeployment', 'codedeploy.BatchGetDeployments'],
  },
  'close-release': { forward: [...WRITES_RECORD, 'sns.Publish'] },
  'ecs-before-install': { forward: ANSWERS_HOOK },
  'ecs-after-install': {
    forward: [...ANSWERS_HOOK, 'ecs.DescribeServices', 'ecs.ListTasks', 'ecs.DescribeTasks'],
  },
  'ecs-after-allow-test-traffic': {
    forward: [
      ...ANSWERS_HOOK,
      'ecs.DescribeServices',
      'elasticloadbalancing.DescribeRules',
      'elasticloadbalancing.DescribeListeners',
      'elasticloadbalancing.DescribeLoadBalancers',
    ],
  },
  'ecs-before-allow-traffic': { forward: [...ANSWERS_HOOK, 'cloudwatch.DescribeAlarms'] },
  'lambda-before-allow-traffic': {
    forward: [
      ...KNOWS_RELEASE,
      ...READS_DEPLOYMENT,
      'lambda.GetFunctionConfiguration',
      'lambda.Invoke',
      'dynamodb.PutItem',
      'states.SendTaskSuccess',
    ],
  },
  'after-allow-traffic': {
    forward: [...KNOWS_RELEASE, ...READS_DEPLOYMENT, 'dynamodb.PutItem', 'states.SendTaskSuccess'],
  },
  'on-deployment-change': { forward: ['codedeploy.GetDeployment', ...WRITES_AND_WAKES] },
  'on-alarm': { forward: ['dynamodb.Query', 'dynamodb.GetItem'], red: WRITES_AND_WAKES.slice(1) },
  'on-approval': { approval: ['states.DescribeExecution', ...WRITES_AND_WAKES] },
  'on-command': { command: ['states.DescribeExecution', ...WRITES_AND_WAKES] },
  'on-execution-end': {
    stopped: [
      'dynamodb.Query',
      'dynamodb.GetItem',
      'states.DescribeExecution',
      'states.StartExecution',
    ],
  },
  'on-schedule': { forward: ['dynamodb.Query', 'dynamodb.GetItem', 'states.DescribeExecution'] },
};

/** Calls of CodeDeploy by which a deployment moves something, with the role that a pair gives it. */
export const CODEDEPLOY_ACTS = [
  'ecs.CreateTaskSet',
  'ecs.UpdateServicePrimaryTaskSet',
  'ecs.DeleteTaskSet',
  'elasticloadbalancing.ModifyListener',
  'lambda.UpdateAlias',
] as const;

/** Whether a call changes nothing. */
export const isRead = (call: string): boolean => /\.(Get|List|Describe|BatchGet|Query)/.test(call);

const HANDLER = /^tandem-(.+)-[a-z]{2}(?:-[a-z]+)+-\d$/;

/** Names of a call that a handler makes, as the table of calls has it; undefined of anybody else's. */
export const callName = ({ principal, service, operation }: Call): string | undefined => {
  if (principal.kind !== 'role') return undefined;
  const role = principal.arn.slice(principal.arn.lastIndexOf('/') + 1);
  const [, handler] = HANDLER.exec(role) ?? [];
  return handler && `${handler}: ${service}.${operation}`;
};
