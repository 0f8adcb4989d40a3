/** The lifecycle events whose hooks are held by the release, not answered by a check. */
import { minutes } from '../../text/time.ts';
import type { Hold } from '../driver.ts';

/** Holds every target when all its traffic is on green: here the release decides. */
export const BARRIER = 'AfterAllowTraffic';

/** Holds a Lambda deployment, which has no READY wait of its own, until the common start. */
export const START = 'BeforeAllowTraffic';

/** Milliseconds after which CodeDeploy fails an unanswered hook (its documented limit). @internal */
export const HOOK_LIFETIME = minutes(60);

/** The hold of one event's hook: CodeDeploy rolls back what nobody answers. */
export const heldByHook = <Event extends string>(event: Event) =>
  ({
    by: 'hook',
    event,
    lifetime: () => HOOK_LIFETIME,
    silence: 'rollback',
  }) as const satisfies Hold;
