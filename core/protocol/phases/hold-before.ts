import type { ReleaseRecord } from '../../record/record.ts';
import { startWaitMinutes } from '../../release/policy.ts';
import { minutes, toMilliseconds } from '../../text/time.ts';

/** Minutes before the end of green's own wait at which a hold ends: then the reason is ours, not a time-out. */
const MARGIN_MINUTES = 30;

/** What a release waits for that is held before the shift. */
export const HELD_BEFORE = 'a person: it is held before any traffic moves';

/** The longest hold before the shift in minutes, and its end in milliseconds since 1970. */
export const holdBefore = ({
  times,
  policy,
}: Pick<ReleaseRecord, 'times' | 'policy'>): { readonly longest: number; readonly end: number } => {
  const longest = startWaitMinutes(policy) - MARGIN_MINUTES;
  return { longest, end: toMilliseconds(times.staged ?? times.started) + minutes(longest) };
};
