/** An ECS deployment backwards: traffic returns to the original task set, then the replacement goes. */
import type { DeploymentRecord, EcsProgress, TaskSetProgress } from '../records.ts';
import type { Driver } from './driver.ts';
import { type Pair, readPair, route } from './listeners.ts';
import type { Run } from './run.ts';
import { deleteTaskSet, makePrimary, readService } from './task-sets.ts';

/** Whether there is something to take back: before Install there is no replacement task set. */
export const canReroute = ({ target }: DeploymentRecord): boolean =>
  target.kind === 'ECS' && target.green !== undefined;

/** The steps of a rollback of `rollbackOf`. Traffic is restored before any task set is touched. */
export const ecsRollbackDriver = (run: Run): Driver => {
  const { deployment, act } = run;
  const undone = deployment.rollbackOf?.target as EcsProgress;
  const original = { ...(undone.blue as TaskSetProgress) };
  const replacement = { ...(undone.green as TaskSetProgress) };
  let pair: Pair;

  const restore = (listener: string) =>
    route(run, listener, original.targetGroup, replacement.targetGroup, 100);

  return {
    prepare: async () => {
      const progress = deployment.target as EcsProgress;
      progress.blue = replacement;
      progress.green = original;
      pair = await readPair(
        act,
        deployment.settings.loadBalancerInfo?.targetGroupPairInfoList?.[0],
      );
    },
    actions: {
      Install: async () => undefined,
      AllowTestTraffic: () => restore(pair.testListener as string),
      AllowTraffic: async () => {
        await restore(pair.productionListener);
        original.trafficWeight = 100;
        replacement.trafficWeight = 0;
        const { primary } = await readService(run);
        if (primary.id !== original.id) await makePrimary(run, original);
        original.status = 'PRIMARY';
        replacement.status = 'ACTIVE';
      },
    },
    finish: async () => {
      await deleteTaskSet(run, replacement.id);
      replacement.status = 'DRAINING';
      replacement.desiredCount = 0;
      replacement.runningCount = 0;
    },
  };
};
