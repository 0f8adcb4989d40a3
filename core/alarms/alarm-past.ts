import type { ReleaseRecord } from '../record/record.ts';
import { toMilliseconds } from '../text/time.ts';
import type { AlarmReading } from './alarms.ts';

/** A change of an alarm's state, as its history tells it. */
export interface AlarmStep {
  readonly at: string;
  readonly state: string;
  /** CloudWatch's sentence about the state. */
  readonly stateReason: string;
  /** The newest figure that it judged by. */
  readonly figure?: number;
}

/** Whether an alarm that is not red has changed since the last look, and may have been red in between. */
export const mayHaveBeenRed = ({ state, since }: AlarmReading, seen: string | undefined): boolean =>
  seen !== undefined && state !== 'ALARM' && toMilliseconds(since) >= toMilliseconds(seen);

/**
 * The alarm as it was when it went red after the last look, or else as it is: it was red for less than the time
 * between two looks, and nobody was woken. `steps` are in the order of time.
 */
export const asItWas = (
  alarm: AlarmReading,
  steps: readonly AlarmStep[],
  seen: string,
): AlarmReading => {
  const index = steps.findIndex(
    ({ at, state }) => state === 'ALARM' && toMilliseconds(at) >= toMilliseconds(seen),
  );
  const red = steps[index];
  if (!red) return alarm;
  const { figure: _, ...compared } = alarm.compared ?? {};
  return {
    ...alarm,
    state: red.state,
    stateReason: red.stateReason,
    since: red.at,
    until: steps[index + 1]?.at ?? alarm.since,
    ...(alarm.compared
      ? {
          compared: {
            ...(compared as typeof alarm.compared),
            ...(red.figure === undefined ? {} : { figure: red.figure }),
          },
        }
      : {}),
  };
};

/** The alarm as an event told of it, or else as it is: a history that is read at once may not have that red yet. */
export const asTold = (alarm: AlarmReading, { wentRed = [] }: ReleaseRecord): AlarmReading => {
  const told = wentRed.find((one) => one.alarm === alarm.name);
  if (!told || alarm.state === 'ALARM') return alarm;
  const isOver = toMilliseconds(alarm.since) > toMilliseconds(told.at);
  return {
    ...alarm,
    state: 'ALARM',
    stateReason: told.why,
    since: told.at,
    ...(isOver ? { until: alarm.since } : {}),
  };
};
