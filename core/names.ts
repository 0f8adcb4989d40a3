/** Names that both the stacks and the handlers need: one description for both. */

export const RELEASE_MACHINE = 'tandem-release';
export const ROLLBACK_MACHINE = 'tandem-rollback';
export const TABLE = 'tandem';
export const NOTIFICATIONS_TOPIC = 'tandem-notifications';
export const APPROVALS_TOPIC = 'tandem-approvals';
/** Requests for approval with their links: whoever gets one may answer. */
export const APPROVAL_REQUESTS_TOPIC = 'tandem-approval-requests';

/** Namespace of the metrics of everything Tandem measures about itself. */
export const METRICS_NAMESPACE = 'Tandem';

/** Names of its metrics. */
export const METRICS = {
  validations: 'Validations',
  releases: 'Releases',
  unexpectedFailures: 'UnexpectedFailures',
  overdueReleases: 'OverdueReleases',
  unreadableRecords: 'UnreadableRecords',
} as const;

/** Name of a step's or trigger's function. */
export const handlerFunction = (name: string): string => `tandem-${name}`;

/** Beginning of the name of everything that belongs to a target of a pair: application, group and alarms. */
export const pairPrefix = (pair: string): string => `tandem-${pair}-`;

/** Log group of a function of Tandem. */
export const logGroup = (functionName: string): string => `/aws/lambda/${functionName}`;

/** ARN of the execution that started a release: the release's id is its name. */
export const executionArn = (releaseMachine: string, release: string): string =>
  `${releaseMachine.replace(':stateMachine:', ':execution:')}:${release}`;

/** Environment of every handler. */
export const ENVIRONMENT = {
  table: 'TANDEM_TABLE',
  notifications: 'TANDEM_NOTIFICATIONS',
  releaseMachine: 'TANDEM_RELEASE_MACHINE',
  rollbackMachine: 'TANDEM_ROLLBACK_MACHINE',
} as const;

/** Further variables of the handlers that make or read links to the approval page. */
export const LINK_ENVIRONMENT = {
  approvalKey: 'TANDEM_APPROVAL_KEY',
  approvalPage: 'TANDEM_APPROVAL_PAGE',
  approvalRequests: 'TANDEM_APPROVAL_REQUESTS',
} as const;

/** Tag of a task definition that says which release made the revision. */
export const RELEASE_TAG = 'tandem:release';

/** Steps of the machines, in the order in which a release meets them. */
export const STEP_NAMES = [
  'validate-release',
  'take-turn',
  'prepare-target',
  'set-scaling',
  'launch-deployment',
  'prove-release',
  'request-approval',
  'start-shift',
  'observe',
  'listen',
  'decide',
  'answer-target',
  'take-back-target',
  'close-release',
  'check-alarms',
  'analyze-metrics',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

/**
 * Steps that no machine of today names. An execution keeps the machine that it began with, so their functions stay: an
 * upgrade during a release does not roll it back.
 */
export const EARLIER_STEPS: readonly StepName[] = ['check-alarms', 'analyze-metrics'];

export const TRIGGER_NAMES = [
  'on-image-push',
  'on-deployment-change',
  'on-alarm',
  'on-approval',
  'on-approval-page',
  'on-approval-call',
  'on-command',
  'on-execution-end',
  'on-schedule',
] as const;
export type TriggerName = (typeof TRIGGER_NAMES)[number];

/** Triggers that people invoke, themselves or by URL: no event starts them, and who invokes them hears of a failure. */
export const INVOKED_TRIGGERS = ['on-command', 'on-approval-page', 'on-approval-call'] as const;
export type InvokedTrigger = (typeof INVOKED_TRIGGERS)[number];
