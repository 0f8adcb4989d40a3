/** Runs deployments from Created to their end, and starts the rollbacks that ends lead to. */
import type { Cloud } from '../../../cloud.ts';
import type { LifecycleEventName, Platform } from '../appspec.ts';
import { type DeploymentRecord, isOver, type RegionRecord } from '../records.ts';
import { actingAs } from './acting.ts';
import { type EndWatch, watchAlarms } from './alarms.ts';
import { announce } from './announcing.ts';
import type { Driver } from './driver.ts';
import { ecsDriver } from './ecs.ts';
import { ecsRollbackDriver } from './ecs-rollback.ts';
import { type Ending, endingOf } from './failure.ts';
import { askHook } from './hooks.ts';
import { lambdaDriver, lambdaRollbackDriver } from './lambda.ts';
import { closeEvents, happen } from './lifecycle.ts';
import { ownTimers } from './own-timers.ts';
import { addRollback, isRolledBack } from './rollback.ts';
import { type Run, runOf } from './run.ts';
import { waitForReady, waitForTermination } from './waits.ts';

export interface Engine {
  start(deployment: DeploymentRecord): void;
  /** The run of a deployment that has not ended. */
  run(id: string): Run | undefined;
  close(): void;
}

/** Seconds that a deployment spends in each of Created and Queued. */
const QUEUEING = 1;

const DRIVERS: Readonly<
  Record<Platform, Readonly<Record<'forward' | 'rollback', (run: Run) => Driver>>>
> = {
  ECS: { forward: ecsDriver, rollback: ecsRollbackDriver },
  Lambda: { forward: lambdaDriver, rollback: lambdaRollbackDriver },
};

/** Makes the engine of all Regions. */
export const engineOf = (outer: Cloud, recordOf: (region: string) => RegionRecord): Engine => {
  const cloud: Cloud = { ...outer, clock: ownTimers(outer.clock) };
  const runs = new Map<string, Run>();
  let closed = false;

  const conclude = (deployment: DeploymentRecord, ending: Ending) => {
    if (closed || isOver(deployment)) return;
    const now = cloud.clock.now();
    deployment.status = ending.status;
    deployment.error = { code: ending.code, message: ending.message };
    deployment.completeTime = new Date(now);
    deployment.target.updatedAt = new Date(now);
    closeEvents(deployment, now);
    announce(cloud, deployment, ending.status === 'Stopped' ? 'STOP' : 'FAILURE');
    // In the same moment: nobody can slip a deployment in between.
    if (isRolledBack(deployment, ending)) {
      start(addRollback(cloud, recordOf(deployment.region), deployment));
    }
  };

  const succeed = (deployment: DeploymentRecord) => {
    deployment.status = 'Succeeded';
    deployment.completeTime = new Date(cloud.clock.now());
    deployment.target.updatedAt = deployment.completeTime;
    deployment.group.lastSuccessful = deployment;
    announce(cloud, deployment, 'SUCCESS');
  };

  const conduct = async (run: Run) => {
    const { deployment } = run;
    let endWatch: EndWatch = () => {};
    try {
      await enter(run);
      endWatch = await watchAlarms(run);
      run.checkpoint();
      await deploy(run);
      if (!closed) succeed(deployment);
    } catch (thrown) {
      const ending = endingOf(thrown);
      conclude(deployment, run.isPastReturn() ? { ...ending, rollback: false } : ending);
    } finally {
      endWatch();
      runs.delete(deployment.id);
    }
  };

  const start = (deployment: DeploymentRecord) => {
    const { region, settings } = deployment;
    const act = actingAs(cloud, region, settings.serviceRoleArn as string);
    const run = runOf(cloud, deployment, act, (ending) => conclude(deployment, ending));
    runs.set(deployment.id, run);
    void conduct(run);
  };

  return {
    start,
    run: (id) => runs.get(id),
    close: () => {
      closed = true;
      runs.clear();
      cloud.clock.close();
    },
  };
};

/** Created, Queued, InProgress. */
const enter = async (run: Run): Promise<void> => {
  const { deployment, cloud } = run;
  await run.pause(QUEUEING * 1000);
  deployment.status = 'Queued';
  await run.pause(QUEUEING * 1000);
  deployment.status = 'InProgress';
  deployment.startTime = new Date(cloud.clock.now());
  announce(cloud, deployment, 'START');
};

/** All lifecycle events in their order, with the waits between and after them. */
const deploy = async (run: Run): Promise<void> => {
  const { deployment, cloud } = run;
  const forward = deployment.rollbackOf === undefined;
  const driver = DRIVERS[deployment.platform][forward ? 'forward' : 'rollback'](run);
  const holds = forward && deployment.platform === 'ECS';
  const readyBefore: LifecycleEventName =
    cloud.quirks.readyWait === 'before-BeforeAllowTraffic' ? 'BeforeAllowTraffic' : 'AllowTraffic';

  await driver.prepare();
  for (const event of deployment.events) {
    const name = event.lifecycleEventName as LifecycleEventName;
    if (holds && name === readyBefore) await waitForReady(run);
    await happen(run, event, driver.actions[name] ?? (() => askHook(run, event)));
  }
  if (holds) await waitForTermination(run);
  run.passPointOfNoReturn();
  await driver.finish();
};
