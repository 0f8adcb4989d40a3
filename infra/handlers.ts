/** What each handler needs from AWS: time, memory and permissions; a handler that is not listed does not exist. */
import type { HookName, StepName, TriggerName } from '../core/names.ts';
import {
  all,
  answerHooks,
  askApprovers,
  assumePairRoles,
  completeTokens,
  continueDeployments,
  createDeployments,
  findAddresses,
  findDeployments,
  findPast,
  invokeVersions,
  listReleases,
  notify,
  overrideAlarms,
  ownTable,
  pointAlarms,
  publishVersions,
  readAlarms,
  readAliases,
  readDeployment,
  readExecutions,
  readForwarding,
  readFunctionTags,
  readGroups,
  readGroupTags,
  readImages,
  readListeners,
  readManifests,
  readMetrics,
  readProgress,
  readRegistration,
  readRepositories,
  readScans,
  readServices,
  readTargetGroups,
  readTargetHealth,
  readTaskDefinitions,
  readTasks,
  readVersions,
  registerTaskDefinitions,
  type Statements,
  signLinks,
  startReleases,
  stopDeployments,
  stopReleases,
  updateAliases,
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

/** Reads all that a target shows: its deployments, and where its traffic goes. */
const observe = () =>
  all(readProgress(), findDeployments(), readServices(), readForwarding(), readAliases());

/** A hook looks whose deployment it is, tells the release why it fails, and answers CodeDeploy. */
const hook = () =>
  all(ownTable('write'), readExecutions(), readDeployment(), readGroupTags(), answerHooks());

/** Hands the hook to the release, which answers it. */
const hold = () => all(readProgress(), completeTokens());

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
      readGroups(),
      readServices(),
      readTaskDefinitions(),
      readListeners(),
      readTargetHealth(),
      readAliases(),
      readVersions(),
      readFunctionTags(),
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
    statements: all(
      ownTable('write'),
      readServices(),
      readTaskDefinitions(),
      registerTaskDefinitions(),
      assumePairRoles(),
      readAliases(),
      readVersions(),
      // Which version a function says that it is, at the moment when it is published.
      readFunctionTags(),
      publishVersions(),
      readAlarms(),
      pointAlarms(),
    ),
  },
  'set-scaling': {
    ...patient,
    // What it may do to the scaling of a service, the role of the pair may that has it suspended.
    statements: all(ownTable('write'), assumePairRoles()),
  },
  'launch-deployment': {
    ...patient,
    // A release that rolls back overrides the alarms that it is started because of.
    statements: all(ownTable('write'), createDeployments(), overrideAlarms()),
  },
  'prove-release': {
    timeoutSeconds: 120,
    memory: 256,
    // A half that the release leaves alone is read where it lives, and takes part in the 2×2.
    statements: all(
      ownTable('write'),
      findAddresses(),
      readServices(),
      readAliases(),
      invokeVersions(),
    ),
    probes: true,
  },
  'request-approval': {
    ...step,
    statements: all(ownTable('write'), signLinks(), notify(), askApprovers()),
  },
  'start-shift': {
    ...patient,
    statements: all(
      ownTable('write'),
      createDeployments(),
      overrideAlarms(),
      continueDeployments(),
      answerHooks(),
    ),
  },
  observe: {
    ...patient,
    // A day of minutes is a second of work for the judge at the processor that 256 MB bring.
    memory: 512,
    // Reads everything and acts on nothing. Tasks and their health: how green comes up, while it does.
    statements: all(
      ownTable('write'),
      observe(),
      readTasks(),
      readTargetHealth(),
      readAlarms({ history: true }),
      readMetrics(),
      readTargetGroups(),
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
    statements: all(ownTable('write'), answerHooks(), continueDeployments()),
  },
  'take-back-target': {
    ...patient,
    statements: all(
      ownTable('write'),
      observe(),
      stopDeployments(),
      answerHooks(),
      createDeployments(),
      overrideAlarms(),
      continueDeployments(),
      updateAliases(),
    ),
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
    statements: all(
      ownTable('write'),
      readMetrics(),
      readServices(),
      readTasks(),
      readTargetGroups(),
    ),
  },

  'on-image-push': {
    ...step,
    statements: all(
      readRegistration(),
      readImages(),
      readVersions(),
      readFunctionTags(),
      startReleases(),
    ),
  },
  'on-deployment-change': {
    ...step,
    // Of what happens during a rollback only deployments tell anything new.
    statements: all(ownTable('write'), readDeployment(), completeTokens(), wakeRollbacks()),
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
      readServices(),
      readTaskDefinitions(),
      readVersions(),
      readFunctionTags(),
    ),
  },

  'ecs-before-install': {
    ...patient,
    statements: hook(),
  },
  'ecs-after-install': {
    ...patient,
    // Of an index ECS may name the image that it pulled.
    statements: all(hook(), readServices(), readTasks(), readManifests()),
  },
  'ecs-after-allow-test-traffic': {
    ...patient,
    statements: all(hook(), findAddresses(), readForwarding(), readServices()),
    probes: true,
  },
  'ecs-before-allow-traffic': {
    ...patient,
    statements: all(hook(), readAlarms()),
  },
  'lambda-before-allow-traffic': {
    ...patient,
    statements: all(hook(), hold(), readVersions(), invokeVersions()),
  },
  'after-allow-traffic': {
    ...patient,
    statements: all(hook(), hold()),
  },
};
