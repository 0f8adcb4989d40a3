import { AlarmChange, mayGuard, wakes, withRed } from '../../core/events/alarm-change.ts';
import { toMilliseconds, toMoment } from '../../core/text/time.ts';
import { signal } from '../releases/signal.ts';
import { openReleases } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** An alarm changed: releases that it guards poll now, where its new state matters to them, instead of after the watch interval. */
export const handler = trigger(AlarmChange, async (change) => {
  const { releases } = await openReleases((pair) => mayGuard(change.detail, pair));
  const guarded = releases.filter((record) => wakes(change.detail, record));
  for (const record of guarded)
    await signal(
      record,
      (current) => (wakes(change.detail, current) ? withRed(current, change) : current),
      {
        at: toMoment(toMilliseconds(change.time)),
        fact: () => ({
          kind: 'alarm-changed',
          data: { alarm: change.detail.alarmName, state: change.detail.state.value },
        }),
      },
    );
  return { signalled: guarded.length };
});
