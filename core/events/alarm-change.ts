import * as z from 'zod/mini';
import { toMilliseconds } from '../moments.ts';
import { pairPrefix } from '../names.ts';
import type { Phase } from '../phase.ts';
import type { ReleaseRecord } from '../record.ts';
import { Moment, Text } from '../schema.ts';

/** CloudWatch's event of a changed alarm. */
export const AlarmChange = z.object({
  time: Moment,
  detail: z.object({
    alarmName: Text,
    state: z.object({ value: z.string(), reason: z._default(z.string(), '') }),
  }),
});
export type AlarmChange = z.infer<typeof AlarmChange>;

/** The phase at whose end a release may wait until its alarms have data (`insufficientData: extend`). */
const WAITS_FOR_DATA: Phase = 'Holding';

/**
 * Whether an alarm may guard the releases of a pair, by its name alone: every alarm of the account arrives here, and
 * those that a pair's stack makes carry its name.
 */
export const mayGuard = ({ alarmName }: AlarmChange['detail'], pair: string): boolean =>
  !alarmName.startsWith('tandem-') || alarmName.startsWith(pairPrefix(pair));

/**
 * Whether a release polls at once because of an alarm's new state. Each poll is a round of its execution, of which it
 * has only some (core/hand-over.ts), and alarms near their smallest volume flap for days. A state that does not wake it
 * is not lost: the release reads its alarms at every poll. An alarm that was red at the start wakes it when it is OK:
 * from then on it counts. A release that rolls back has nothing to learn from alarms.
 */
export const wakes = (
  { alarmName, state: { value } }: AlarmChange['detail'],
  { alarms, decision, end, phase, underRed }: ReleaseRecord,
): boolean => {
  if (end !== undefined || decision === 'rollback' || !alarms.includes(alarmName)) return false;
  const isExcused = underRed?.excused.includes(alarmName) ?? false;
  return value === 'ALARM' ? !isExcused : value === 'OK' && (phase === WAITS_FOR_DATA || isExcused);
};

/** The record after an alarm that counts went red while users met green: a first bad sign, whatever the next poll reads. */
export const withRed = (
  record: ReleaseRecord,
  { time, detail: { alarmName, state } }: AlarmChange,
): ReleaseRecord => {
  const { times, underRed, wentRed = [] } = record;
  const meetsGreen =
    times.shifted !== undefined &&
    times.guardEnded === undefined &&
    toMilliseconds(time) >= toMilliseconds(times.shifted);
  // An event may come late: of an alarm that did not count at first, only its history says when it began to.
  const mayBeOld = underRed?.alarms.includes(alarmName) ?? false;
  if (state.value !== 'ALARM' || !meetsGreen || mayBeOld) return record;
  const known = wentRed.some(({ alarm }) => alarm === alarmName);
  return {
    ...record,
    ...(known ? {} : { wentRed: [...wentRed, { alarm: alarmName, at: time, why: state.reason }] }),
    times: { ...times, firstBadSign: times.firstBadSign ?? time },
  };
};
