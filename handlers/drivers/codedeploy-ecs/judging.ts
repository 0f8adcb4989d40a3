import type { EcsTarget } from '../../../core/drivers/target.ts';
import type { Judging } from '../driver.ts';
import { isShared } from './listener.ts';
import { readTaskExits } from './task-exits.ts';

/** What tells of a service beside its metrics. */
export const judgingService: Judging<EcsTarget> = {
  taskExits: readTaskExits,
  sharesBalancer: ({ productionListener, targetGroups }) =>
    isShared(productionListener, targetGroups),
};
