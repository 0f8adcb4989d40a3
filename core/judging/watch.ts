/** When a release is judged, and over which time. */
import { goesBack } from '../intent.ts';
import { minutes, toMilliseconds } from '../moments.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../record.ts';
import { PERIOD } from './measures.ts';

/** Minutes after all traffic has reached green for which blue's last minutes may still arrive. */
const LATE_MINUTES = 5;

/** Longest time that is looked at, in minutes: a call of CloudWatch gives no more than a day of minutes for so many metrics. */
const LONGEST_MINUTES = 1440;

/** Targets whose users may meet green. */
export const judgedTargets = (record: ReleaseRecord): readonly TargetRecord[] =>
  movingTargets(record).filter(({ shifted }) => shifted);

/** From when to when figures are read, in milliseconds since 1970; undefined while, or once, there is nothing to compare. */
export const judgedTime = (
  record: ReleaseRecord,
  now: number,
): { readonly from: number; readonly to: number } | undefined => {
  const { times, policy, decision, end } = record;
  if (policy.judgement.mode === 'off' || goesBack(record)) return undefined;
  if (times.shifted === undefined || decision === 'rollback' || end) return undefined;
  // Once the decision has been answered for a while, blue has had no users for longer than anything is late.
  if (times.decided && now > toMilliseconds(times.decided) + minutes(LATE_MINUTES))
    return undefined;
  const period = PERIOD * 1000;
  const from = Math.floor(toMilliseconds(times.shifted) / period) * period;
  return { from, to: Math.min(now, from + minutes(LONGEST_MINUTES)) };
};
