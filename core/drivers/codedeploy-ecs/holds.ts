import { guardWaitMinutes, startWaitMinutes } from '../../release/policy.ts';
import { minutes } from '../../text/time.ts';
import { BARRIER, heldByHook } from '../codedeploy/events.ts';
import type { Holds } from '../driver.ts';

/** How a service is held. */
export const SERVICE_HOLDS: Holds = {
  staged: true,
  start: {
    by: 'wait',
    lifetime: (policy) => minutes(startWaitMinutes(policy)),
    silence: 'rollback',
  },
  barrier: heldByHook(BARRIER),
  guard: {
    by: 'wait',
    lifetime: (policy) => minutes(guardWaitMinutes(policy)),
    silence: 'promote',
  },
  restorable: false,
};
