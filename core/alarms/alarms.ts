import type { AlarmData } from '../release/judged.ts';
import { type Reason, reason } from '../release/reason.ts';
import { fail, inconclusive, pass, type Verdict } from '../release/verdict.ts';
import { redAlarm, type Watched } from './alarm-words.ts';

/** What was read of one alarm. */
export interface AlarmReading {
  readonly name: string;
  readonly state: string;
  /** CloudWatch's sentence about the state. */
  readonly stateReason: string;
  readonly since: string;
  /** When it was red no more; only of one that was red between two looks. */
  readonly until?: string;
  /** What it compares with its threshold, for how many seconds, and the newest figure; unknown of composite alarms. */
  readonly compared?: {
    readonly metric: string;
    readonly threshold: number;
    readonly seconds: number;
    readonly figure?: number;
  };
  /** Dimensions that the alarm watches, over all its metrics; none means that it guards nothing. */
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
}

/** The alarms that are red. */
export const redAlarms = (alarms: readonly AlarmReading[]): readonly AlarmReading[] =>
  alarms.filter(({ state }) => state === 'ALARM');

/** How a person releases what fixes a red alarm. */
const WAY =
  'If this release fixes it, start it with --under-red-alarms "<why>" (underRedAlarms in its input)';

/** A reason for each alarm that does not exist. */
export const missingAlarms = (
  names: readonly string[],
  alarms: readonly AlarmReading[],
): readonly Reason[] =>
  names
    .filter((name) => !alarms.some((alarm) => alarm.name === name))
    .map((name) =>
      reason(
        'alarm-missing',
        `Alarm ${name} does not exist, so nothing would stop this release; deploy the pair's stack again`,
      ),
    );

/**
 * What the alarms say: red fails, a missing one fails too (fail closed), too little data is inconclusive where an
 * alarm should tell of green. Before the start a red alarm means that the release would be judged for somebody
 * else's fault. With the release's targets, a red one is told with the version that it watches.
 */
export const checkAlarms = (
  names: readonly string[],
  alarms: readonly AlarmReading[],
  moment: 'before-start' | 'under-way',
  {
    targets = [],
    tellsOfGreen = () => true,
  }: {
    readonly targets?: readonly Watched[];
    readonly tellsOfGreen?: (alarm: AlarmReading) => boolean;
  } = {},
): Verdict => {
  const code = moment === 'before-start' ? 'alarm-red-before-start' : 'alarm-red';
  const red = redAlarms(alarms)
    .map((alarm) => redAlarm(code, alarm, targets))
    .map((one) => (moment === 'before-start' ? { ...one, text: `${one.text}. ${WAY}` } : one));
  const grave = [...missingAlarms(names, alarms), ...red];
  if (grave.length > 0) return fail(...grave);
  const poor = alarms.filter((alarm) => alarm.state !== 'OK' && tellsOfGreen(alarm));
  if (poor.length === 0 || moment === 'before-start') return pass;
  return inconclusive(
    ...poor.map(({ name }) =>
      reason('too-little-data', `Alarm ${name} has too little data to show that green is healthy`),
    ),
  );
};

/** How many of the alarms that watch green have enough data to be OK or red. */
export const dataOf = (
  alarms: readonly AlarmReading[],
  tellsOfGreen: (alarm: AlarmReading) => boolean,
): AlarmData => {
  const watching = alarms.filter(tellsOfGreen);
  const known = watching.filter(({ state }) => state !== 'INSUFFICIENT_DATA').length;
  if (watching.length === 0) return 'unwatched';
  if (known === 0) return 'none';
  return known === watching.length ? 'all' : 'some';
};
