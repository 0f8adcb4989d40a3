import type { Cloud } from '../../cloud.ts';
import { computedDesiredCount, running, wanted } from './scheduler.ts';
import type { ServiceEvents } from './service-events.ts';
import type { TaskSet } from './state.ts';
import type { TaskTargets } from './task-targets.ts';

/**
 * Says whether a task set is steady: all its tasks run, none is on its way, and the balancer takes every
 * one of them. A target group on no listener checks nothing, so its `unused` targets hold nobody up.
 */
const isSteady = async (taskSet: TaskSet, targets: TaskTargets): Promise<boolean> => {
  const count = computedDesiredCount(taskSet);
  if (taskSet.status === 'DRAINING') return false;
  if (running(taskSet).length !== count || wanted(taskSet).length !== count) return false;
  const health = await targets.health(taskSet);
  return [...health.values()].flat().every((state) => state === 'healthy' || state === 'unused');
};

/** Brings the steady state of task sets up to date before they are described. */
export const refreshStability = async (
  cloud: Cloud,
  taskSets: readonly TaskSet[],
  targets: TaskTargets,
  events: ServiceEvents,
): Promise<void> => {
  for (const taskSet of taskSets) {
    const steady = await isSteady(taskSet, targets);
    if (steady && !taskSet.steadySince) {
      taskSet.steadySince = new Date(cloud.clock.now());
      events.steady(taskSet);
    }
    if (!steady) taskSet.steadySince = undefined;
  }
};
