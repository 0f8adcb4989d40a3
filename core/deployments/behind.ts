/** What is read of the traffic may be behind what a deployment, or somebody else, has just made of it. */

import type { TargetRecord } from '../record/record.ts';
import { seconds, toMilliseconds } from '../text/time.ts';
import type { TargetObservation } from './observation.ts';

/** Milliseconds by which it may be behind. */
export const BEHIND = seconds(10);

/** Whether the traffic may be elsewhere than it was read: it has just changed, or a deployment that rolls back has just succeeded. */
export const mayBeBehind = (
  { liveSince }: Pick<TargetRecord, 'liveSince'>,
  { back }: Pick<TargetObservation, 'back'>,
  now: number,
): boolean => {
  const hasChanged = liveSince !== undefined && now - toMilliseconds(liveSince) < BEHIND;
  const hasGoneBack =
    back?.state === 'done' && back.completedAt !== undefined && now - back.completedAt < BEHIND;
  return hasChanged || hasGoneBack;
};
