import { BARRIER, heldByHook, START } from '../codedeploy/events.ts';
import type { Holds } from '../driver.ts';

/** How a function is held. */
export const FUNCTION_HOLDS: Holds = {
  staged: false,
  start: heldByHook(START),
  barrier: heldByHook(BARRIER),
  guard: undefined,
  restorable: true,
};
