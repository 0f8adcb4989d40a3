import { AlarmChange } from '../../core/events/alarm-change.ts';
import { allRegistrations } from '../registrations.ts';
import { signal } from '../signal.ts';
import { openReleases } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** An alarm changed: the releases that it guards look at it now instead of after the watch interval. */
export const handler = trigger(AlarmChange, async ({ time, detail }) => {
  const red = detail.state.value === 'ALARM';
  const pairs = (await allRegistrations()).filter(({ targets }) =>
    Object.values(targets).some(({ alarms }) => alarms.includes(detail.alarmName)),
  );
  const open = (await Promise.all(pairs.map(({ pair }) => openReleases(pair)))).flat();
  for (const record of open) {
    await signal(record, (current) =>
      red && current.decision !== 'rollback' && current.times.shifted
        ? {
            ...current,
            times: { ...current.times, firstBadSign: current.times.firstBadSign ?? time },
          }
        : current,
    );
  }
  return { signalled: open.length };
});
