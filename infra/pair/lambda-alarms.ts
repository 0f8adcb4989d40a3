/** Alarms of a Lambda half: errors and slowness of blue's and of green's version behind the alias. */
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { busyAlarm } from './busy-alarm.ts';
import type { LambdaHalf } from './props.ts';
import { ERROR_PERCENT, P95_MILLISECONDS, PERIOD } from './thresholds.ts';

const COLOURS = ['blue', 'green'] as const;

/** Label of what the error alarms watch. */
const FAILURES = '% of invocations failed';

/** Names of a function's alarms: two colours whose ExecutedVersion follows each release, and the whole alias. */
export type FunctionAlarms = Readonly<Record<(typeof COLOURS)[number] | 'alias', string[]>>;

/** Dimensions of all traffic of an alias, whichever version answers. */
const aliasDimensions = ({ function: { functionName }, alias }: LambdaHalf) => ({
  FunctionName: functionName,
  Resource: `${functionName}:${alias.aliasName}`,
});

/**
 * Errors of the whole alias. AWS documents ExecutedVersion for aliases that split their traffic; should it be left
 * out while all traffic is on one version, this alarm still guards the hold and the guard.
 */
const aliasAlarm = (scope: Construct, prefix: string, half: LambdaHalf): string[] => {
  const metric = (metricName: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: aliasDimensions(half),
      statistic: 'Sum',
      period: PERIOD,
    });
  const name = `${prefix}-errors`;
  busyAlarm(scope, {
    name,
    description: `More than ${ERROR_PERCENT} % of all invocations of ${half.name} fail.`,
    volume: metric('Invocations'),
    metrics: { errors: metric('Errors') },
    label: FAILURES,
    figure: '100 * FILL(errors, 0) / volume',
    threshold: ERROR_PERCENT,
  });
  return [name];
};

const alarmsOf = (
  scope: Construct,
  prefix: string,
  half: LambdaHalf,
  colour: (typeof COLOURS)[number],
): string[] => {
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: {
        ...aliasDimensions(half),
        // Both colours start on the version that the template published; each release points them at its own.
        ExecutedVersion: half.alias.version.version,
      },
      statistic,
      period: PERIOD,
    });
  const volume = metric('Invocations', 'Sum');
  const where = `of ${half.name}'s ${colour} version`;
  return [
    {
      name: `${prefix}-${colour}-errors`,
      description: `More than ${ERROR_PERCENT} % of the invocations ${where} fail.`,
      metrics: { errors: metric('Errors', 'Sum') },
      label: FAILURES,
      figure: '100 * FILL(errors, 0) / volume',
      threshold: ERROR_PERCENT,
    },
    {
      name: `${prefix}-${colour}-latency`,
      description: `95 % of the invocations ${where} take longer than ${P95_MILLISECONDS} ms.`,
      metrics: { milliseconds: metric('Duration', 'p95') },
      label: 'ms until 95 % of invocations ended',
      figure: 'milliseconds',
      threshold: P95_MILLISECONDS,
    },
  ].map((alarm) => {
    busyAlarm(scope, { ...alarm, volume });
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
