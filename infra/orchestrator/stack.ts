/** The stack `tandem`: the orchestrator that releases every pair of its account and Region. */
import { dirname, join } from 'node:path';
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  type Grant,
  type IGrantable,
  PolicyStatement,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { HOOKS, type HookName } from '../../core/drivers/hooks.ts';
import { OPEN_INDEX, STARTED_INDEX } from '../../core/keys.ts';
import {
  APPROVAL_REQUESTS_TOPIC,
  APPROVALS_TOPIC,
  EARLIER_STEPS,
  ENVIRONMENT,
  INVOKED_TRIGGERS,
  NOTIFICATIONS_TOPIC,
  RELEASE_MACHINE,
  ROLLBACK_MACHINE,
  STEP_NAMES,
  TABLE,
  TRIGGER_NAMES,
} from '../../core/names.ts';
import { arnOf, machineArn } from '../arn.ts';
import { grantApprove, grantCommand, grantRelease } from '../grants.ts';
import type { HandlerName } from '../handlers.ts';
import { openDoors } from './approval-doors.ts';
import { deadLetters } from './dead-letters.ts';
import { connectEvents } from './events.ts';
import { handlerOf, isEventDriven, type ProbeNetwork, pascalCase } from './handler-function.ts';
import { machineOf } from './machine.ts';
import { ownAlarms } from './own-alarms.ts';
import { RESERVED_CONCURRENCY, reserveConcurrency } from './reserved-concurrency.ts';
import { stayWarm } from './stay-warm.ts';
import { type TopicMasterKey, topicKey } from './topic-key.ts';

const root = dirname(dirname(import.meta.dirname));

export interface OrchestratorProps extends StackProps {
  /**
   * Where the handlers stand that send requests to a test listener.
   * @default - outside of any VPC: they reach only what the internet reaches
   */
  readonly network?: ProbeNetwork;
  /**
   * Folder with the bundle of every handler.
   * @default - `dist/handlers`, as `scripts/build.ts` writes it
   */
  readonly bundles?: string;
  /**
   * Folder with `release.asl.json` and `rollback.asl.json`.
   * @default - `statemachines`
   */
  readonly machines?: string;
  /**
   * Whether X-Ray traces machines and handlers. It costs by the trace, and logs and ledger tell a release without it.
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * Whether requests for an approval have a link to a page that everybody on the internet can reach who has the link.
   * Without it people answer with `npx tandem approve`, or on the topic.
   * @default true
   */
  readonly approvalPage?: boolean;
  /**
   * How many requests to that page are worked on at a time: they are reserved for it out of the account's concurrency,
   * and a flood of them takes no more.
   * @default - none are reserved: it shares what the account has with all other functions
   */
  readonly approvalPageConcurrency?: number;
  /**
   * Concurrent executions that each function has for itself which a release needs to bring users back: neither other
   * functions of the account nor the version that goes wrong can take them. `false` reserves none, for an account whose
   * quota AWS has not raised yet; a release there waits for free executions while users are on a bad version.
   * @default 3
   */
  readonly reservedConcurrency?: number | false;
  /**
   * Addresses to which requests for approval (without their links), ends and alarms go; AWS asks each once to confirm.
   * @default - nobody: subscribe to the topic `tandem-notifications`
   */
  readonly emails?: readonly string[];
  /**
   * Addresses of those who approve: the requests that they get have a link, and whoever holds it may answer. AWS asks
   * each once to confirm.
   * @default - nobody: subscribe to the topic `tandem-approval-requests`
   */
  readonly approvers?: readonly string[];
  /**
   * Key of KMS that encrypts messages while they lie in the topics: requests for approval, answers, ends, alarms.
   * `create` has the stack make one. The policy of an imported key must let CloudWatch in (docs/deploy.md).
   * @default - none, as SNS has it by default: messages lie on disks that AWS encrypts, with no key of yours
   */
  readonly topicMasterKey?: TopicMasterKey;
}

/** Table, topics, handlers, machines and the rules that wake them. */
export class OrchestratorStack extends Stack {
  constructor(scope: Construct, id: string, props: OrchestratorProps = {}) {
    super(scope, id, props);
    const {
      network,
      bundles = join(root, 'dist', 'handlers'),
      machines = join(root, 'statemachines'),
      tracing = false,
      approvalPage = true,
      approvalPageConcurrency,
      reservedConcurrency = RESERVED_CONCURRENCY,
      emails = [],
      approvers = [],
      topicMasterKey,
    } = props;

    const table = new Table(this, 'Table', {
      tableName: TABLE,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // It holds the ledger: who released what, and why.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    table.addGlobalSecondaryIndex({
      indexName: OPEN_INDEX,
      partitionKey: { name: OPEN_INDEX, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    table.addGlobalSecondaryIndex({
      indexName: STARTED_INDEX,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: STARTED_INDEX, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    const masterKey = topicMasterKey && topicKey(this, topicMasterKey);
    const topicSettings = { enforceSSL: true, ...(masterKey ? { masterKey } : {}) };
    const notifications = new Topic(this, 'Notifications', {
      topicName: NOTIFICATIONS_TOPIC,
      ...topicSettings,
    });
    // A topic with a policy of its own, here that of enforceSSL, lets no service in that the policy does not name.
    notifications.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [notifications.topicArn],
        conditions: {
          ArnLike: { 'aws:SourceArn': arnOf(this, 'cloudwatch', 'alarm:tandem-*') },
          StringEquals: { 'aws:SourceAccount': this.account },
        },
      }),
    );
    for (const email of emails) notifications.addSubscription(new EmailSubscription(email));
    const approvals = new Topic(this, 'Approvals', {
      topicName: APPROVALS_TOPIC,
      ...topicSettings,
    });
    const requests = new Topic(this, 'ApprovalRequests', {
      topicName: APPROVAL_REQUESTS_TOPIC,
      ...topicSettings,
    });
    for (const email of approvers) requests.addSubscription(new EmailSubscription(email));

    // Names instead of references: machines name the handlers and handlers the machines.
    const environment = {
      [ENVIRONMENT.table]: TABLE,
      [ENVIRONMENT.notifications]: notifications.topicArn,
      [ENVIRONMENT.releaseMachine]: machineArn(this, RELEASE_MACHINE),
      [ENVIRONMENT.rollbackMachine]: machineArn(this, ROLLBACK_MACHINE),
    };
    const undelivered = deadLetters(this, notifications);
    const settings = { bundles, environment, network, undelivered, tracing, masterKey };
    const make = <N extends HandlerName>(names: readonly N[]) =>
      Object.fromEntries(names.map((name) => [name, handlerOf(this, name, settings)])) as Record<
        N,
        LambdaFunction
      >;

    const made = make(STEP_NAMES);
    const steps = Object.fromEntries(
      Object.entries(made).map(([name, step]) => [pascalCase(name), step.functionArn]),
    );
    const triggers = make(TRIGGER_NAMES);
    openDoors(
      this,
      {
        request: made['request-approval'],
        page: triggers['on-approval-page'],
        call: triggers['on-approval-call'],
      },
      { page: approvalPage, requests, concurrency: approvalPageConcurrency },
    );
    const hooks = make(Object.keys(HOOKS) as HookName[]);
    reserveConcurrency(
      this,
      { ...made, ...triggers, ...hooks },
      reservedConcurrency,
      approvalPageConcurrency,
    );

    const rollback = machineOf(this, 'RollbackMachine', {
      name: ROLLBACK_MACHINE,
      definition: join(machines, 'rollback.asl.json'),
      steps,
      tracing,
    });
    const release = machineOf(this, 'ReleaseMachine', {
      name: RELEASE_MACHINE,
      definition: join(machines, 'release.asl.json'),
      steps,
      earlier: EARLIER_STEPS.map((name) => made[name].functionArn),
      machines: { RollbackMachine: rollback },
      tracing,
    });
    connectEvents(this, triggers, { approvals, undelivered });
    stayWarm(
      this,
      [
        ...Object.values(hooks),
        ...INVOKED_TRIGGERS.map((name) => triggers[name]),
        made['prove-release'],
        made['take-back-target'],
      ],
      undelivered,
    );
    ownAlarms(this, {
      people: notifications,
      machines: [release, rollback],
      triggers: TRIGGER_NAMES.filter(isEventDriven).map((name) => triggers[name]),
    });
  }

  /** Lets somebody start releases of every pair, e.g. a pipeline that serves many: granted here once, not by each pair. */
  grantRelease(grantee: IGrantable): Grant {
    return grantRelease(this, grantee);
  }

  /** Lets somebody abort, hold, resume and promote releases of every pair. */
  grantCommand(grantee: IGrantable): Grant {
    return grantCommand(this, grantee);
  }

  /** Lets somebody answer requests for approval of every pair in their own name, as `tandem approve` does. */
  grantApprove(grantee: IGrantable): Grant {
    return grantApprove(this, grantee);
  }
}
