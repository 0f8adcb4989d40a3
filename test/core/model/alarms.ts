/** The alarm that guards the release, as CloudWatch keeps it. */
import { type AlarmStep, asItWas, mayHaveBeenRed } from '../../../core/alarms/alarm-past.ts';
import type { AlarmReading } from '../../../core/alarms/alarms.ts';
import { minutes, toMoment } from '../../../core/text/time.ts';

/** When the alarm is red, in milliseconds since 1970. */
interface Red {
  readonly from: number;
  readonly until: number;
}

/** Minutes that a red alarm stays red when the scenario says no more. */
const RED_MINUTES = 10;

const LONG_AGO = toMoment(0);

/** Makes the alarm; `red` is when it is red as far as the scenario has planned it. */
export const alarmOf = (now: () => number, planned: readonly Red[]) => {
  const red = [...planned];
  const stepsOf = (): readonly AlarmStep[] =>
    red
      .flatMap(({ from, until }) => [
        { at: from, state: 'ALARM' },
        { at: until, state: 'OK' },
      ])
      .filter(({ at }) => at <= now())
      .sort((a, b) => a.at - b.at)
      .map(({ at, state }) => ({ at: toMoment(at), state, stateReason: '' }));
  return {
    /** It goes red now. */
    turnRed: (): void => {
      red.push({ from: now(), until: now() + minutes(RED_MINUTES) });
    },
    /** Whether it is seen red, or was red since it was seen last. */
    isSeenRed: (seen: string | undefined): boolean => {
      const isRed = red.some(({ from, until }) => from <= now() && now() < until);
      const steps = stepsOf();
      const reading: AlarmReading = {
        name: 'web-errors',
        state: isRed ? 'ALARM' : 'OK',
        stateReason: '',
        since: steps.at(-1)?.at ?? LONG_AGO,
        dimensions: [],
      };
      const alarm = mayHaveBeenRed(reading, seen) ? asItWas(reading, steps, seen!) : reading;
      return alarm.state === 'ALARM';
    },
    /** Whether it was red at any time from one moment to another. */
    wasRed: (since: number, end: number): boolean =>
      red.some(({ from, until }) => from < end && until > since),
  };
};
export type Alarm = ReturnType<typeof alarmOf>;
