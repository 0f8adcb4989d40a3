/** What each handler needs from AWS: time, memory and permissions; a handler that is not listed does not exist. */
import type { HookName } from '../core/drivers/hooks.ts';
import type { StepName, TriggerName } from '../core/names.ts';
import {
  all,
  askApprovers,
  assumePairRoles,
  completeTokens,
  findPast,
  listReleases,
  moveTargets,
  notify,
  ownTable,
  readAlarms,
  readExecutions,
  readImages,
  readManifests,
  readMetrics,
  readRegistration,
  readRepositories,
  readScans,
  type Statements,
  signLinks,
  startReleases,
  stopReleases,
  wakeRollbacks,
} from './statements.ts';

/** Name of any function of the orchestrator. */
export type HandlerName = StepName | TriggerName | HookName;

/** The needs of one handler. */
export interface HandlerNeeds {
  readonly timeoutSeconds: number;
  /** Megabytes; Lambda gives processor time in proportion. */
  readonly memory: number;
  readonly statements: Statements;
  /** Sends requests to green itself, so it needs a place from where the test listener can be reached. */
  readonly probes?: true;
}

/** A hook reads the release of the deployment that calls it, and writes into it. */
const hook = (name: HookName) => all(ownTable('write'), readExecutions(), moveTargets(name));

/** Hands the hook to the release, which answers it. */
const hold = (name: HookName) => all(hook(name), completeTokens());

const step = { timeoutSeconds: 30, memory: 256 } as const;
const patient = { timeoutSeconds: 60, memory: 256 } as const;

/** Takes what a person says about a release that is known by its id. */
const people = {
  ...step,
  statements: all(ownTable('write'), readExecutions(), completeTokens()),
};

/** Needs of every handler. */
export const HANDLERS: Readonly<Record<HandlerName, HandlerNeeds>> = {
  'validate-release': {
    ...patient,
    statements: all(
      ownTable('write'),
      findPast(),
      readRegistration(),
      readExecutions(),
      moveTargets('validate-release'),
      readAlarms(),
      readImages(),
      readRepositories(),
      readManifests(),
      readScans(),
      notify(),
    ),
  },
  'take-turn': {
    ...step,
    statements: all(ownTable('write'), readExecutions(), completeTokens()),
  },
  'prepare-target': {
    ...patient,
    statements: all(ownTable('write'), moveTargets('prepare-target'), assumePairRoles()),
  },
  'set-scaling': {
    ...patient,
    // What it may do to the scaling of a service, the role of the pair may that has it suspended.
    statements: all(ownTable('write'), assumePairRoles()),
  },
  'launch-deployment': {
    ...patient,
    // A release that rolls back overrides the alarms that it is started because of.
    statements: all(ownTable('write'), moveTargets('launch-deployment')),
  },
  'prove-release': {
    timeoutSeconds: 120,
    memory: 256,
    // A half that the release leaves alone is read where it lives, and takes part in the 2×2.
    statements: all(ownTable('write'), moveTargets('prove-release')),
    probes: true,
  },
  'request-approval': {
    ...step,
    statements: all(ownTable('write'), signLinks(), notify(), askApprovers()),
  },
  'start-shift': {
    ...patient,
    statements: all(ownTable('write'), moveTargets('start-shift')),
  },
  observe: {
    ...patient,
    // A day of minutes is a second of work for the judge at the processor that 256 MB bring.
    memory: 512,
    // Reads everything and acts on nothing.
    statements: all(
      ownTable('write'),
      moveTargets('observe'),
      readAlarms({ history: true }),
      readMetrics(),
    ),
  },
  listen: {
    ...step,
    statements: all(ownTable('update'), completeTokens(), wakeRollbacks()),
  },
  decide: {
    ...step,
    statements: ownTable('write'),
  },
  'answer-target': {
    ...patient,
    statements: all(ownTable('write'), moveTargets('answer-target')),
  },
  'take-back-target': {
    ...patient,
    statements: all(ownTable('write'), moveTargets('take-back-target')),
  },
  'close-release': {
    ...step,
    statements: all(ownTable('write'), completeTokens(), notify()),
  },

  // Of executions of an earlier machine alone (EARLIER_STEPS).
  'check-alarms': {
    ...step,
    statements: all(ownTable('read'), readAlarms({ history: true })),
  },
  'analyze-metrics': {
    ...step,
    memory: 512,
    statements: all(ownTable('write'), readMetrics(), moveTargets('analyze-metrics')),
  },

  'on-image-push': {
    ...step,
    statements: all(
      readRegistration(),
      readImages(),
      moveTargets('on-image-push'),
      startReleases(),
    ),
  },
  'on-deployment-change': {
    ...step,
    // Of what happens during a rollback only deployments tell anything new.
    statements: all(
      ownTable('write'),
      moveTargets('on-deployment-change'),
      completeTokens(),
      wakeRollbacks(),
    ),
  },
  'on-alarm': {
    ...step,
    statements: all(listReleases(), ownTable('write'), completeTokens()),
  },
  'on-approval': people,
  'on-approval-page': {
    ...step,
    statements: all(ownTable('write'), signLinks(), completeTokens()),
  },
  'on-approval-call': people,
  'on-command': people,
  'on-execution-end': {
    ...step,
    statements: all(listReleases(), readExecutions(), startReleases()),
  },
  'on-schedule': {
    ...patient,
    // It comes every five minutes, and visits every pair of the account: a second for eight of them.
    timeoutSeconds: 240,
    statements: all(
      listReleases(),
      ownTable('write'),
      readRegistration(),
      readExecutions(),
      startReleases(),
      stopReleases(),
      readImages(),
      moveTargets('on-schedule'),
    ),
  },

  'ecs-before-install': {
    ...patient,
    statements: hook('ecs-before-install'),
  },
  'ecs-after-install': {
    ...patient,
    statements: hook('ecs-after-install'),
  },
  'ecs-after-allow-test-traffic': {
    ...patient,
    statements: hook('ecs-after-allow-test-traffic'),
    probes: true,
  },
  'ecs-before-allow-traffic': {
    ...patient,
    statements: hook('ecs-before-allow-traffic'),
  },
  'lambda-before-allow-traffic': {
    ...patient,
    statements: hold('lambda-before-allow-traffic'),
  },
  'after-allow-traffic': {
    ...patient,
    statements: hold('after-allow-traffic'),
  },
};
