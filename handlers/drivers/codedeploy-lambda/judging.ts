import type { LambdaTarget } from '../../../core/drivers/target.ts';
import type { Judging } from '../driver.ts';

/** A function has neither tasks nor a balancer. */
export const judgingFunction: Judging<LambdaTarget> = {
  taskExits: async () => undefined,
  sharesBalancer: async () => false,
};
