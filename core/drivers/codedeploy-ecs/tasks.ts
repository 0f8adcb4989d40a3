import { reason } from '../../release/reason.ts';
import { fail, pass, type Verdict } from '../../release/verdict.ts';

/**
 * Whether as many tasks of green run as users need of it: all that are wanted, or as many as serve them now (`blue`).
 * CodeDeploy has waited until green was steady, so what is wanted more since then has just been scaled out.
 */
export const checkTasks = (
  target: string,
  running: number,
  desired: number,
  blue: number,
): Verdict =>
  running >= Math.min(desired, Math.max(1, blue))
    ? pass
    : fail(
        reason('not-as-planned', `Green of ${target} runs ${running} of ${desired} tasks`, {
          target,
          figures: { running, desired },
        }),
      );
