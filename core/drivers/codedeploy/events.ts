/** The lifecycle events whose hooks are held by the release, not answered by a check. */

/** Holds every target when all its traffic is on green: here the release decides. */
export const BARRIER = 'AfterAllowTraffic';

/** Holds a Lambda deployment, which has no READY wait of its own, until the common start. */
export const START = 'BeforeAllowTraffic';

/** Milliseconds after which CodeDeploy fails an unanswered hook (its documented limit). */
export const HOOK_LIFETIME = 60 * 60_000;

/** Latest moment after a barrier's start at which the release still answers: five minutes before CodeDeploy gives up. */
export const LATEST_ANSWER = HOOK_LIFETIME - 5 * 60_000;

/** Milliseconds that a barrier may be in progress without a record of its hook. */
export const LOST_HOOK = 3 * 60_000;
