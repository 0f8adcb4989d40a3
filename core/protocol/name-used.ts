import type { ReleaseRecord } from '../record/record.ts';
import { type Reason, reason } from '../release/reason.ts';
import { toMilliseconds } from '../text/time.ts';

/**
 * Why an execution that began at `begun` may not use this record as its own: it is that of an earlier execution of the
 * same name. Step Functions forgets names after 90 days, the table never does. Undefined where it may.
 */
export const nameUsed = (
  { release, times, end }: ReleaseRecord,
  begun: string | undefined,
): Reason | undefined =>
  begun !== undefined && toMilliseconds(times.started) < toMilliseconds(begun)
    ? reason(
        'name-used',
        `The name ${release} is that of a release of ${times.started.slice(0, 10)}, which ${end ? `ended ${end}` : 'has not ended'}; start this one under another name`,
      )
    : undefined;
