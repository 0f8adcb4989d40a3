import { AlarmChange } from '../../core/events/alarm-change.ts';
import { signal } from '../signal.ts';
import { openReleases } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** An alarm changed: the releases that it guards look at it now instead of after the watch interval. */
export const handler = trigger(AlarmChange, async ({ time, detail }) => {
  const red = detail.state.value === 'ALARM';
  const { releases } = await openReleases();
  const guarded = releases.filter(
    ({ alarms, end }) => end === undefined && alarms.includes(detail.alarmName),
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
