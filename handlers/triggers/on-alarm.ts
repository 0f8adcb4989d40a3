import { AlarmChange, wakes } from '../../core/events/alarm-change.ts';
import { signal } from '../signal.ts';
import { openReleases } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** An alarm changed: releases that it guards poll now, where its new state matters to them, instead of after the watch interval. */
export const handler = trigger(AlarmChange, async ({ time, detail }) => {
  const red = detail.state.value === 'ALARM';
  const { releases } = await openReleases();
  const guarded = releases.filter(
    ({ alarms, end, phase }) =>
      end === undefined && alarms.includes(detail.alarmName) && wakes(detail.state.value, phase),
  );
  for (const record of guarded) {
    await signal(record, (current) =>
      red &&
      !current.underRed?.excused.includes(detail.alarmName) &&
      current.decision !== 'rollback' &&
      current.times.shifted
        ? {
            ...current,
            times: { ...current.times, firstBadSign: current.times.firstBadSign ?? time },
          }
        : current,
    );
  }
  return { signalled: guarded.length };
});
