/** The order of a deployment's lifecycle events, and how each of them is recorded. */
import type { LifecycleEvent } from '@aws-sdk/client-codedeploy';
import type { LifecycleEventName, Platform } from '../appspec.ts';
import type { DeploymentRecord } from '../records.ts';
import type { Run } from './run.ts';

const ORDER: Readonly<Record<Platform, readonly LifecycleEventName[]>> = {
  ECS: [
    'BeforeInstall',
    'Install',
    'AfterInstall',
    'AllowTestTraffic',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AllowTraffic',
    'AfterAllowTraffic',
  ],
  Lambda: ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'],
};

/** Events that only happen where the group has a test listener; without one their hooks are ignored. */
const TEST_EVENTS: ReadonlySet<string> = new Set(['AllowTestTraffic', 'AfterAllowTestTraffic']);

/** The pending events of a new deployment, in their order. */
export const pendingEvents = (platform: Platform, hasTestListener: boolean): LifecycleEvent[] =>
  ORDER[platform]
    .filter((name) => hasTestListener || !TEST_EVENTS.has(name))
    .map((lifecycleEventName) => ({ lifecycleEventName, status: 'Pending' }));

/** Runs what an event consists of and records its times and status; an event that throws is closed with the deployment. */
export const happen = async (
  run: Run,
  event: LifecycleEvent,
  work: () => Promise<void>,
): Promise<void> => {
  const { deployment, cloud } = run;
  run.checkpoint();
  event.status = 'InProgress';
  event.startTime = new Date(cloud.clock.now());
  touch(run);
  await work();
  if (event.status === 'InProgress') closeEvent(event, 'Succeeded', cloud.clock.now());
  touch(run);
  run.checkpoint();
  deployment.target.updatedAt = new Date(cloud.clock.now());
};

/** Records the end of an event. */
export const closeEvent = (
  event: LifecycleEvent,
  status: 'Succeeded' | 'Failed',
  now: number,
): void => {
  event.status = status;
  event.endTime = new Date(now);
};

/** Closes what a deployment leaves open: the event in progress has failed, those after it are skipped. */
export const closeEvents = (deployment: DeploymentRecord, now: number): void => {
  for (const event of deployment.events) {
    if (event.status === 'InProgress') closeEvent(event, 'Failed', now);
    if (event.status === 'Pending') event.status = 'Skipped';
  }
  for (const hook of deployment.hooks.values()) hook.answer = undefined;
};

const touch = ({ deployment, cloud }: Run) => {
  deployment.target.updatedAt = new Date(cloud.clock.now());
};
