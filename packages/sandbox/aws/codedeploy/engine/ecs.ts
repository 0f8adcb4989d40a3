/** An ECS deployment forwards: a green task set beside the blue one, traffic step by step, then blue goes. */
import { curveOf } from '../curve.ts';
import type { EcsProgress, TaskSetProgress } from '../records.ts';
import type { Driver } from './driver.ts';
import { DeploymentFailure } from './failure.ts';
import { checkListeners, type Pair, readPair, route } from './listeners.ts';
import type { Run } from './run.ts';
import {
  createTaskSet,
  deleteTaskSet,
  makePrimary,
  progressOf,
  readService,
  refresh,
  untilHealthy,
  untilScaled,
} from './task-sets.ts';

/** The steps of an ECS deployment. Which target group is live is read each time: they swap roles. */
export const ecsDriver = (run: Run): Driver => {
  const { deployment, act } = run;
  const progress = deployment.target as EcsProgress;
  let pair: Pair;
  let blue: TaskSetProgress;
  let green: TaskSetProgress;

  const prepare = async () => {
    const { primary } = await readService(run);
    pair = await readPair(act, deployment.settings.loadBalancerInfo?.targetGroupPairInfoList?.[0]);
    const live = pair.groups.find(
      ({ arn }) => arn !== undefined && arn === primary.loadBalancers?.[0]?.targetGroupArn,
    );
    if (!live) {
      throw new DeploymentFailure(
        'ELASTIC_LOAD_BALANCING_INVALID',
        'The ELB could not be updated due to the following error: The primary task set is not registered with a target group of the deployment group.',
      );
    }
    await checkListeners(act, pair, live);
    blue = progressOf(primary, live, 100);
    progress.blue = blue;
  };

  const idleGroup = () => {
    const idle = pair.groups.find(({ arn }) => arn !== blue.targetGroup.arn);
    if (idle?.arn) return idle;
    throw new DeploymentFailure(
      'ELASTIC_LOAD_BALANCING_INVALID',
      'The ELB could not be updated due to the following error: A target group of the deployment group does not exist.',
    );
  };

  /**
   * A deployment that was stopped without rollback leaves its task set and its traffic. The next one begins from
   * the primary task set alone (an assumption: no document says what AWS does with them).
   */
  const clearLeftovers = async () => {
    const { service } = await readService(run);
    const leftovers = service.taskSets.filter(
      ({ id, status }: any) => id !== blue.id && status !== 'DRAINING',
    );
    if (leftovers.length === 0) return;
    await route(run, pair.productionListener, blue.targetGroup, idleGroup(), 100);
    for (const { id } of leftovers) await deleteTaskSet(run, id);
  };

  const install = async () => {
    await clearLeftovers();
    run.checkpoint();
    const targetGroup = idleGroup();
    green = progressOf(await createTaskSet(run, targetGroup), targetGroup, 0);
    progress.green = green;
    await untilHealthy(run, green);
  };

  const shift = async () => {
    for (const { percent, waitMinutes } of curveOf(deployment.config.trafficRoutingConfig)) {
      await run.pause(waitMinutes * 60_000);
      await route(run, pair.productionListener, green.targetGroup, blue.targetGroup, percent);
      green.trafficWeight = percent;
      blue.trafficWeight = 100 - percent;
      run.checkpoint();
    }
    await untilScaled(run, green);
    await makePrimary(run, green);
    green.status = 'PRIMARY';
    blue.status = 'ACTIVE';
    await refresh(run, green);
  };

  return {
    prepare,
    actions: {
      Install: install,
      AllowTestTraffic: () =>
        route(run, pair.testListener as string, green.targetGroup, blue.targetGroup, 100),
      AllowTraffic: shift,
    },
    finish: async () => {
      await deleteTaskSet(run, blue.id);
      blue.status = 'DRAINING';
      blue.desiredCount = 0;
      blue.runningCount = 0;
    },
  };
};
