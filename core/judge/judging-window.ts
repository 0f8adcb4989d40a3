/** When a release is judged, and over which time. */

import { movingTargets, type ReleaseRecord, type TargetRecord } from '../record/record.ts';
import type { Vote } from '../record/vote.ts';
import { goesBack } from '../release/intent.ts';
import { minutes, seconds, toMilliseconds } from '../text/time.ts';
import { SETTLED, SILENT } from './counting.ts';
import { PERIOD } from './measures.ts';

/** Minutes after all traffic has reached green for which blue's last minutes may still arrive. */
const LATE_MINUTES = 5;

/** Longest time that is looked at, in minutes: a curve of a day. */
const LONGEST_MINUTES = 1440;

/** Milliseconds of a period. */
const LENGTH = seconds(PERIOD);

/** From when to when something is counted, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Targets whose users may meet green. */
export const judgedTargets = (record: ReleaseRecord): readonly TargetRecord[] =>
  movingTargets(record).filter(({ shifted }) => shifted);

/** Whether green is compared with blue now, or has been a moment ago. */
export const isJudged = (record: ReleaseRecord, now: number): boolean => {
  const { times, policy, decision, end } = record;
  if (policy.judgement.mode === 'off' || goesBack(record) || end) return false;
  if (times.shifted === undefined || decision === 'rollback') return false;
  // After the guard no vote counts.
  if (times.guardEnded !== undefined) return false;
  // Once the decision has been answered for a while, blue has had no users for longer than anything is late.
  return !times.decided || now <= toMilliseconds(times.decided) + minutes(LATE_MINUTES);
};

/**
 * The time over which a release is judged that has begun to shift, from the first whole minute on: in the one before,
 * blue had users before green had any, and the group of a service counts the checks on its test listener as well.
 */
export const judgedSpan = ({ times }: Pick<ReleaseRecord, 'times'>, now: number): Span => {
  const from = Math.ceil(toMilliseconds(times.shifted!) / LENGTH) * LENGTH;
  return { from, to: Math.max(from, Math.min(now, from + minutes(LONGEST_MINUTES))) };
};

/** The next moment at which the figures of another minute can be read, in milliseconds since 1970. */
export const nextFigures = (now: number): number =>
  (Math.floor((now - SETTLED) / LENGTH) + 1) * LENGTH + SETTLED;

/**
 * The judge's vote of the last poll, as long as no figures have come since then that it could rest on; undefined where
 * they have, where it could not read them, or where no user had met green.
 */
export const standingVote = (
  { look, times }: Pick<ReleaseRecord, 'look' | 'times'>,
  now: number,
): Vote | undefined => {
  if (look?.machine !== 'release' || times.shifted === undefined) return undefined;
  const seen = Number(look.observation.now);
  if (!(seen >= toMilliseconds(times.shifted)) || nextFigures(seen) <= now) return undefined;
  const found = look.votes.find(({ by }) => by === 'judge');
  return found?.reasons.some(({ code }) => code === 'figures-unread') ? undefined : found;
};

/** The moment from which on everything about the last whole minute before `end` has been read, both in milliseconds since 1970. */
export const readFrom = (end: number): number =>
  Math.floor(end / LENGTH) * LENGTH + SILENT + SETTLED;

/** Milliseconds after the end of a bake by which its last whole minute has been read. */
export const READ_AFTER = SILENT + SETTLED;
