/** The permissions that handlers are made of: one small builder per thing that a handler does. */
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Grants } from '../core/drivers/grant.ts';
import { grantsOf } from '../core/drivers/grants.ts';
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

/** What the drivers do in a function. */
export const moveTargets =
  (name: keyof Grants): Statements =>
  (scope) =>
    grantsOf(name).map(({ actions, on }) =>
      allow(actions, ...on.map((one) => (one === '*' ? one : arnOf(scope, one.service, one.name)))),
    );

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

/** Assumes the roles that pairs bring for this step: one statement, however many pairs there are. */
export const assumePairRoles = (): Statements => (scope) => [
  allow(['sts:AssumeRole'], roleArn(scope, `${pairRolePath(scope).slice(1)}*`)),
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
