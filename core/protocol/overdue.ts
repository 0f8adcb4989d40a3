/** Finds releases that have gone on for longer than anything they wait for explains. */

import { lastTold } from '../record/last-told.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { waitOf } from '../record/waiting.ts';
import { minutes, toMilliseconds } from '../text/time.ts';

/** What a release may take beyond its wait, or beyond its last deed while it works: the longest rollback takes less. */
const PATIENCE = minutes(120);

/**
 * Whether an open release is overdue at `now` (milliseconds since 1970): its wait, or the last line of its ledger, is
 * more than two hours past. One that has ended is, too, until its turn is free and its end was reported. One that waits
 * for its turn is as late as the release before it, which is told instead.
 */
export const isOverdue = (record: ReleaseRecord, now: number): boolean => {
  if (record.closed || record.phase === 'Waiting') return false;
  const { until, deadline } = waitOf(record) ?? {};
  return now > Math.max(deadline ?? until ?? 0, toMilliseconds(lastTold(record))) + PATIENCE;
};
