import { reason } from '../reason.ts';
import { fail, pass, type Verdict } from '../verdict.ts';

/** Whether as many tasks of green run as users need of it. */
export const checkTasks = (target: string, running: number, desired: number): Verdict =>
  running >= desired
    ? pass
    : fail(
        reason('not-as-planned', `Green of ${target} runs ${running} of ${desired} tasks`, {
          target,
          figures: { running, desired },
        }),
      );
