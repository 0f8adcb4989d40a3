/** What a decided release still owes its targets: the answers to its barriers, and after the guard the end of the wait that keeps blue. */

import { barrierHook, hasLostBarrier } from '../deployments/hook-answers.ts';
import { type HeldHook, type ReleaseRecord, withTarget } from '../record/record.ts';
import { lookedAfter } from '../record/vote.ts';
import { toMilliseconds } from '../text/time.ts';
import { guardEnd } from './phases/guarding.ts';

/** What one target waits for. */
export type Owed = { readonly answer: HeldHook } | 'end-of-guard' | 'nothing';

/**
 * Whether the release still goes forward: a person's command counts from the moment at which it was taken, and once a
 * target is lost, what is not answered yet can still roll back without a new deployment.
 */
const goesForward = (record: ReleaseRecord): boolean =>
  record.decision === 'promote' &&
  record.end === undefined &&
  record.commands.abort === undefined &&
  !hasLostBarrier(record);

/** What a target of the release is owed at `now`. */
export const owedTo = (record: ReleaseRecord, name: string, now: string): Owed => {
  const target = record.targets[name];
  if (!target || target.unchanged || !goesForward(record)) return 'nothing';
  const hook = barrierHook(record, target);
  if (hook && hook.answer === undefined) return { answer: hook };
  const end = guardEnd(record);
  const isOver = end !== undefined && toMilliseconds(now) >= end && lookedAfter(record, end);
  return isOver ? 'end-of-guard' : 'nothing';
};

/** The record of a release whose guard is over. */
export const guarded = (record: ReleaseRecord, now: string): ReleaseRecord =>
  record.times.guardEnded ? record : { ...record, times: { ...record.times, guardEnded: now } };

/** The record after AWS has accepted the end of the wait that keeps a target's blue. */
export const blueLetGo = (record: ReleaseRecord, name: string, now: string): ReleaseRecord =>
  withTarget(record, name, { unguarded: now });
