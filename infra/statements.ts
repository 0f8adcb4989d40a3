/** The permissions that handlers are made of: one small builder per thing that a handler does. */
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { OPEN_INDEX, STARTED_INDEX } from '../core/keys.ts';
import {
  APPROVAL_REQUESTS_TOPIC,
  NOTIFICATIONS_TOPIC,
  RELEASE_MACHINE,
  ROLLBACK_MACHINE,
  TABLE,
} from '../core/names.ts';
import { arnOf, executionsArn, machineArn, pairRolePath, roleArn, topicArn } from './arn.ts';
import { approvalKey } from './orchestrator/approval-key.ts';

/** Permissions of a handler, made for the stack that it lives in. */
export type Statements = (scope: Construct) => PolicyStatement[];

const allow = (actions: readonly string[], ...resources: string[]): PolicyStatement =>
  new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources });

/** Several builders as one. */
export const all =
  (...parts: readonly Statements[]): Statements =>
  (scope) =>
    parts.flatMap((part) => part(scope));

/** Reads what pairs have registered: all of them, or one. GetParametersByPath is authorised on the path. */
export const readRegistration = (): Statements => (scope) => [
  allow(
    ['ssm:GetParametersByPath'],
    arnOf(scope, 'ssm', 'parameter/tandem'),
    arnOf(scope, 'ssm', 'parameter/tandem/*'),
  ),
];

const TABLE_ACTIONS = {
  read: ['dynamodb:GetItem'],
  write: ['dynamodb:GetItem', 'dynamodb:PutItem'],
  update: ['dynamodb:UpdateItem'],
} as const;

/** Reads items of Tandem's table, or writes or updates them by condition. Nothing deletes any. */
export const ownTable =
  (...uses: readonly (keyof typeof TABLE_ACTIONS)[]): Statements =>
  (scope) => [
    allow(
      uses.flatMap((use) => TABLE_ACTIONS[use]),
      arnOf(scope, 'dynamodb', `table/${TABLE}`),
    ),
  ];

/** Lists the releases that are open, and reads them. */
export const listReleases = (): Statements =>
  all(ownTable('read'), (scope) => [
    allow(['dynamodb:Query'], arnOf(scope, 'dynamodb', `table/${TABLE}/index/${OPEN_INDEX}`)),
  ]);

/** Finds the releases of a pair that were started last; who may read the table reads them. */
export const findPast = (): Statements => (scope) => [
  allow(['dynamodb:Query'], arnOf(scope, 'dynamodb', `table/${TABLE}/index/${STARTED_INDEX}`)),
];

/** Completes task tokens of releases; Step Functions authorises that on the machine. */
export const completeTokens = (): Statements => (scope) => [
  allow(['states:SendTaskSuccess'], machineArn(scope, RELEASE_MACHINE)),
];

/** Completes task tokens of rollbacks, which listen too. */
export const wakeRollbacks = (): Statements => (scope) => [
  allow(['states:SendTaskSuccess'], machineArn(scope, ROLLBACK_MACHINE)),
];

/** Starts releases, or recovers them: both are executions of the release machine. */
export const startReleases = (): Statements => (scope) => [
  allow(['states:StartExecution'], machineArn(scope, RELEASE_MACHINE)),
];

/** Ends the execution of a release that hangs. */
export const stopReleases = (): Statements => (scope) => [
  allow(['states:StopExecution'], executionsArn(scope, RELEASE_MACHINE)),
];

/** Asks whether the execution of a release still runs. */
export const readExecutions = (): Statements => (scope) => [
  allow(['states:DescribeExecution'], executionsArn(scope, RELEASE_MACHINE)),
];

/** Makes the secrets of links to the approval page, by the key of the stack. */
export const signLinks = (): Statements => (scope) => [
  allow(['kms:GenerateMac'], approvalKey(scope).keyArn),
];

/** Tells people. */
export const notify = (): Statements => (scope) => [
  allow(['sns:Publish'], topicArn(scope, NOTIFICATIONS_TOPIC)),
];

/** Sends requests for approval, with their links, to those who may answer. */
export const askApprovers = (): Statements => (scope) => [
  allow(['sns:Publish'], topicArn(scope, APPROVAL_REQUESTS_TOPIC)),
];

/** The pair construct calls every application and every group `tandem-<pair>-<target>`. */
const groups = (scope: Construct) => arnOf(scope, 'codedeploy', 'deploymentgroup:tandem-*/*');
const applications = (scope: Construct) => arnOf(scope, 'codedeploy', 'application:tandem-*');
const configurations = (scope: Construct) => arnOf(scope, 'codedeploy', 'deploymentconfig:*');

/** Reads settings of deployment groups, and which configurations there are. */
export const readGroups = (): Statements => (scope) => [
  allow(['codedeploy:GetDeploymentGroup'], groups(scope)),
  // A listing names no one configuration.
  allow(['codedeploy:ListDeploymentConfigs'], '*'),
];

/** Reads whether a group is open to deployments that Tandem did not start. */
export const readGroupTags = (): Statements => (scope) => [
  allow(['codedeploy:ListTagsForResource'], groups(scope)),
];

/** Reads a deployment that is known by its id. */
export const readDeployment = (): Statements => (scope) => [
  allow(['codedeploy:GetDeployment'], groups(scope)),
];

/**
 * Reads the targets of deployments: their lifecycle events. On every resource, since AWS contradicts itself: the
 * service authorization reference knows no resource for these two ("Actions defined by AWS CodeDeploy"), CodeDeploy's
 * guide knows the group for one of them ("CodeDeploy permissions reference"), and no release passes without them. The
 * writes stay on the groups; the reference knows no resource for them either, but refusals by AWS name the group.
 */
const readTargets = (): Statements => () => [
  allow(['codedeploy:ListDeploymentTargets', 'codedeploy:BatchGetDeploymentTargets'], '*'),
];

/** Reads how far a deployment has come: its status, its lifecycle events. */
export const readProgress = (): Statements =>
  all(readTargets(), (scope) => [allow(['codedeploy:GetDeployment'], groups(scope))]);

/** Finds deployments by their marker, ours and foreign ones. */
export const findDeployments = (): Statements => (scope) => [
  allow(['codedeploy:ListDeployments', 'codedeploy:BatchGetDeployments'], groups(scope)),
];

/** Creates a deployment, unless its marker is found. The revision in the call is registered with the application. */
export const createDeployments = (): Statements =>
  all(findDeployments(), (scope) => [
    allow(['codedeploy:CreateDeployment'], groups(scope)),
    allow(['codedeploy:GetDeploymentConfig'], configurations(scope)),
    allow(['codedeploy:RegisterApplicationRevision'], applications(scope)),
  ]);

/** Overrides the alarms of a deployment that rolls back: CodeDeploy asks for UpdateDeploymentGroup then. */
export const overrideAlarms = (): Statements => (scope) => [
  allow(['codedeploy:UpdateDeploymentGroup'], groups(scope)),
];

/** Answers lifecycle hooks, and reads back what became of an answer. */
export const answerHooks = (): Statements =>
  all(readTargets(), (scope) => [
    allow(['codedeploy:PutLifecycleEventHookExecutionStatus'], groups(scope)),
  ]);

/** Lets a deployment go on from one of CodeDeploy's own waits, and reads it when CodeDeploy says that it does not wait. */
export const continueDeployments = (): Statements => (scope) => [
  allow(['codedeploy:ContinueDeployment', 'codedeploy:GetDeployment'], groups(scope)),
];

/** Stops deployments. */
export const stopDeployments = (): Statements => (scope) => [
  allow(['codedeploy:StopDeployment'], groups(scope)),
];

/** Reads services and their task sets; a pair's service may have any name. */
export const readServices = (): Statements => (scope) => [
  allow(['ecs:DescribeServices'], arnOf(scope, 'ecs', 'service/*')),
];

/** Reads task definitions, which know no resource-level permission for it. */
export const readTaskDefinitions = (): Statements => () => [
  allow(['ecs:DescribeTaskDefinition'], '*'),
];

/** Reads what green's tasks run. ListTasks is authorised on container instances, which Fargate has not. */
export const readTasks = (): Statements => (scope) => [
  allow(['ecs:ListTasks'], '*'),
  allow(['ecs:DescribeTasks'], arnOf(scope, 'ecs', 'task/*')),
];

/** Assumes the roles that pairs bring for this step: one statement, however many pairs there are. */
export const assumePairRoles = (): Statements => (scope) => [
  allow(['sts:AssumeRole'], roleArn(scope, `${pairRolePath(scope).slice(1)}*`)),
];

/**
 * Registers task definitions for pairs whose stacks bring no role for it yet. Which roles they may carry is granted by
 * each such pair, for exactly its own.
 */
export const registerTaskDefinitions = (): Statements => (scope) => [
  // Refusals of older years name no resource, so it is any.
  allow(['ecs:RegisterTaskDefinition'], '*'),
  allow(['ecs:TagResource'], arnOf(scope, 'ecs', 'task-definition/*')),
];

/** Reads where a listener sends requests, by its rules and by default. Elastic Load Balancing reads on `*` only. */
export const readForwarding = (): Statements => () => [
  allow(['elasticloadbalancing:DescribeRules'], '*'),
];

/** Reads listeners, and where they send requests. */
export const readListeners = (): Statements =>
  all(readForwarding(), () => [allow(['elasticloadbalancing:DescribeListeners'], '*')]);

/** Reads which target groups a load balancer has. */
export const readTargetGroups = (): Statements => () => [
  allow(['elasticloadbalancing:DescribeTargetGroups'], '*'),
];

/** Finds the address behind a listener. */
export const findAddresses = (): Statements => () => [
  allow(
    ['elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeLoadBalancers'],
    '*',
  ),
];

/** Reads which targets are healthy. */
export const readTargetHealth = (): Statements => () => [
  allow(['elasticloadbalancing:DescribeTargetHealth'], '*'),
];

/** A pair's function may have any name, so this reaches every function of the account's Region, its versions and aliases. */
const functions = (scope: Construct) => arnOf(scope, 'lambda', 'function:*');

/** Reads where aliases point. */
export const readAliases = (): Statements => (scope) => [
  allow(['lambda:GetAlias'], functions(scope)),
];

/** Reads versions: code, state, settings. */
export const readVersions = (): Statements => (scope) => [
  allow(['lambda:GetFunctionConfiguration'], functions(scope)),
];

/** Reads which version a function says that it is. */
export const readFunctionTags = (): Statements => (scope) => [
  allow(['lambda:ListTags'], functions(scope)),
];

/** Publishes versions. */
export const publishVersions = (): Statements => (scope) => [
  allow(['lambda:PublishVersion'], functions(scope)),
];

/** Invokes a version by its number: $LATEST by the bare name is never called. */
export const invokeVersions = (): Statements => (scope) => [
  allow(['lambda:InvokeFunction'], arnOf(scope, 'lambda', 'function:*:*')),
];

/** Puts an alias back where it was, when CodeDeploy cannot. */
export const updateAliases = (): Statements => (scope) => [
  allow(['lambda:UpdateAlias'], functions(scope)),
];

/** Reads alarms, and what they were between two looks. Of composite alarms CloudWatch tells only who may read `*`. */
export const readAlarms =
  ({ history = false } = {}): Statements =>
  () => [
    allow(
      ['cloudwatch:DescribeAlarms', ...(history ? ['cloudwatch:DescribeAlarmHistory'] : [])],
      '*',
    ),
  ];

/** Reads figures of any metric: CloudWatch knows no resource for it. */
export const readMetrics = (): Statements => () => [allow(['cloudwatch:GetMetricData'], '*')];

/** Points a pair's alarms at the versions of a release. */
export const pointAlarms = (): Statements => (scope) => [
  allow(['cloudwatch:PutMetricAlarm'], arnOf(scope, 'cloudwatch', 'alarm:tandem-*')),
];

/** Finds the digests behind tags. */
export const readImages = (): Statements => (scope) => [
  allow(['ecr:DescribeImages'], arnOf(scope, 'ecr', 'repository/*')),
];

/** Reads which images an index has. */
export const readManifests = (): Statements => (scope) => [
  allow(['ecr:BatchGetImage'], arnOf(scope, 'ecr', 'repository/*')),
];

/** Reads what scans found. With enhanced scanning the findings are Inspector's, which knows no resource for these (ECR user guide, "IAM permissions required for enhanced scanning"). */
export const readScans = (): Statements => (scope) => [
  allow(['ecr:DescribeImageScanFindings'], arnOf(scope, 'ecr', 'repository/*')),
  allow(['inspector2:ListCoverage', 'inspector2:ListFindings'], '*'),
];

/** Reads where a repository is. */
export const readRepositories = (): Statements => (scope) => [
  allow(['ecr:DescribeRepositories'], arnOf(scope, 'ecr', 'repository/*')),
];
