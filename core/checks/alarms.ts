import { type Reason, reason } from '../reason.ts';
import { fail, inconclusive, pass, type Verdict } from '../verdict.ts';

/** What was read of one alarm. */
export interface AlarmReading {
  readonly name: string;
  readonly state: string;
  /** CloudWatch's sentence about the state. */
  readonly stateReason: string;
  readonly since: string;
  /** Dimensions that the alarm watches, over all its metrics; none means that it guards nothing. */
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
}

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

/** CloudWatch's sentence without its last half, which only says how the state is reckoned. */
const inShort = (stateReason: string): string => stateReason.replace(/ \(minimum [^)]*\)\.?$/, '');

/**
 * What the alarms say: red fails, a missing one fails too (fail closed), too little data is inconclusive where an
 * alarm should tell of green. Before the start a red alarm means that the release would be judged for somebody
 * else's fault.
 */
export const checkAlarms = (
  names: readonly string[],
  alarms: readonly AlarmReading[],
  moment: 'before-start' | 'under-way',
  tellsOfGreen: (alarm: AlarmReading) => boolean = () => true,
): Verdict => {
  const red = alarms
    .filter(({ state }) => state === 'ALARM')
    .map(({ name, since, stateReason }) =>
      reason(
        moment === 'before-start' ? 'alarm-red-before-start' : 'alarm-red',
        `Alarm ${name} is red since ${since}: ${inShort(stateReason)}`,
      ),
    );
  const grave = [...missingAlarms(names, alarms), ...red];
  if (grave.length > 0) return fail(...grave);
  const poor = alarms.filter((alarm) => alarm.state !== 'OK' && tellsOfGreen(alarm));
  if (poor.length === 0 || moment === 'before-start') return pass;
  return inconclusive(
    ...poor.map(({ name }) =>
      reason('too-little-data', `Alarm ${name} has too little data to say that green is well`),
    ),
  );
};
