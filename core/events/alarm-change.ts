import * as z from 'zod/mini';
import { isExcused } from '../alarms/known-red.ts';
import { pairPrefix } from '../names.ts';
import { bakeOf } from '../protocol/phases/holding.ts';
import { movingTargets, type ReleaseRecord } from '../record/record.ts';
import { lookedAfter } from '../record/vote.ts';
import type { Phase } from '../release/phase.ts';
import { Moment, Text } from '../text/schema.ts';
import { toMilliseconds } from '../text/time.ts';

/** A metric that an alarm watches; an expression has no metric of its own. */
const WatchedMetric = z.object({
  metricStat: z.optional(
    z.object({
      metric: z.object({ dimensions: z._default(z.record(z.string(), z.string()), {}) }),
    }),
  ),
});

/** CloudWatch's event of a changed alarm. A composite alarm has no metrics. */
export const AlarmChange = z.object({
  time: Moment,
  detail: z.object({
    alarmName: Text,
    state: z.object({ value: z.string(), reason: z._default(z.string(), '') }),
    configuration: z._default(z.object({ metrics: z._default(z.array(WatchedMetric), []) }), {
      metrics: [],
    }),
  }),
});
export type AlarmChange = z.infer<typeof AlarmChange>;

/** The phase at whose end a release may wait until its alarms have data (`insufficientData: extend`). */
const WAITS_FOR_DATA: Phase = 'Holding';

/** Whether the release may wait for data of its alarms: it has polled them after the bake, and is still held. */
const mayWaitForData = (record: ReleaseRecord): boolean =>
  record.phase === WAITS_FOR_DATA &&
  lookedAfter(record, bakeOf(movingTargets(record), record.policy).read);

/**
 * Whether an alarm may guard the releases of a pair, by its name alone: every alarm of the account arrives here, and
 * those that a pair's stack makes carry its name.
 */
export const mayGuard = ({ alarmName }: AlarmChange['detail'], pair: string): boolean =>
  !alarmName.startsWith('tandem-') || alarmName.startsWith(pairPrefix(pair));

/** The alarm of an event, with the dimensions of all its metrics. */
const watching = ({ alarmName, configuration }: AlarmChange['detail']) => ({
  name: alarmName,
  dimensions: configuration.metrics.flatMap(({ metricStat }) =>
    Object.entries(metricStat?.metric.dimensions ?? {}).map(([name, value]) => ({ name, value })),
  ),
});

/**
 * Whether a release polls at once because of an alarm's new state. Each poll is a round of its execution, of which it
 * has only some (core/protocol/hand-over.ts), and alarms near their smallest volume flap for days. A state that does
 * not wake it is not lost: the release reads its alarms at every poll. An alarm that does not speak against the release
 * does not wake it when it is red; one that was red at the start wakes it when it is OK, since it may count from then
 * on. A release that rolls back has nothing to learn from alarms.
 */
export const wakes = (detail: AlarmChange['detail'], record: ReleaseRecord): boolean => {
  const { alarms, decision, end, underRed } = record;
  const { alarmName, state } = detail;
  if (end !== undefined || decision === 'rollback' || !alarms.includes(alarmName)) return false;
  if (state.value === 'ALARM') return !isExcused(record, watching(detail));
  const mayCalm = underRed?.excused.includes(alarmName) ?? false;
  return state.value === 'OK' && (mayCalm || mayWaitForData(record));
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
