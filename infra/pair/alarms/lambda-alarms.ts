/** Alarms of a Lambda half: errors and slowness of blue's and of green's version behind the alias. */
import type { Construct } from 'constructs';
import type { LambdaHalf } from '../props.ts';
import { busyAlarm } from './busy-alarm.ts';
import type { Colour } from './colours.ts';
import { aliasDimensions, duration, failures, VERSION_DIMENSION } from './lambda-figures.ts';
import { thresholdsOf } from './thresholds.ts';

/** Names of a function's alarms: two colours whose ExecutedVersion follows each release, and the whole alias. */
export type FunctionAlarms = Readonly<Record<Colour | 'alias', string[]>>;

/**
 * Errors of the whole alias. AWS documents ExecutedVersion for aliases that split their traffic; should it be left
 * out while all traffic is on one version, this alarm still guards the hold and the guard.
 */
const aliasAlarm = (scope: Construct, prefix: string, half: LambdaHalf): string[] => {
  const name = `${prefix}-errors`;
  busyAlarm(scope, {
    name,
    description: `More than ${thresholdsOf(half).errorPercent} % of all invocations of ${half.name} fail.`,
    ...failures(half),
  });
  return [name];
};

const alarmsOf = (scope: Construct, prefix: string, half: LambdaHalf, colour: Colour): string[] => {
  const dimensions = {
    ...aliasDimensions(half),
    // Both colours start on the version that the template published; each release points them at its own.
    [VERSION_DIMENSION]: half.alias.version.version,
  };
  const { errorPercent, p95Milliseconds } = thresholdsOf(half);
  const where = `of ${half.name}'s ${colour} version`;
  return [
    {
      name: `${prefix}-${colour}-errors`,
      description: `More than ${errorPercent} % of the invocations ${where} fail.`,
      ...failures(half, dimensions),
    },
    {
      name: `${prefix}-${colour}-latency`,
      description: `95 % of the invocations ${where} take longer than ${p95Milliseconds} ms.`,
      ...duration(half, dimensions),
    },
  ].map((alarm) => {
    busyAlarm(scope, alarm);
    return alarm.name;
  });
};

/** Makes the five alarms and returns their names. */
export const lambdaAlarms = (
  scope: Construct,
  prefix: string,
  half: LambdaHalf,
): FunctionAlarms => ({
  blue: alarmsOf(scope, prefix, half, 'blue'),
  green: alarmsOf(scope, prefix, half, 'green'),
  alias: aliasAlarm(scope, prefix, half),
});
