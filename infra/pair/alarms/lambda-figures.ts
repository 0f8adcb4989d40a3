/** What is measured of the alias of a Lambda half, for its alarms and for the graphs of the same. */
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { LambdaHalf } from '../props.ts';
import type { BusyFigure } from './busy-figure.ts';
import { PERIOD, thresholdsOf } from './thresholds.ts';

export const LAMBDA_NAMESPACE = 'AWS/Lambda';

/** Dimensions of all traffic of an alias, whichever version answers. */
export const aliasDimensions = ({ function: { functionName }, alias }: LambdaHalf) => ({
  FunctionName: functionName,
  Resource: `${functionName}:${alias.aliasName}`,
});

/** The version that answered; of a release's two versions each has figures of its own. */
export const VERSION_DIMENSION = 'ExecutedVersion';

/** Metrics of Lambda that the alarms and graphs of a function read. */
export type FunctionMetric = 'Invocations' | 'Errors' | 'Duration';

type Dimensions = Record<string, string>;

const metric = (
  dimensionsMap: Dimensions,
  metricName: FunctionMetric,
  statistic: string,
  line: MetricOptions = {},
) =>
  new Metric({
    namespace: LAMBDA_NAMESPACE,
    metricName,
    dimensionsMap,
    statistic,
    period: PERIOD,
    ...line,
  });

/** A line of all traffic of an alias. */
export const ofAlias = (
  half: LambdaHalf,
  metricName: FunctionMetric,
  statistic: string,
  line: MetricOptions,
): Metric => metric(aliasDimensions(half), metricName, statistic, line);

/** Percent of the invocations that fail: of all by the alias, or of those with these dimensions. */
export const failures = (
  half: LambdaHalf,
  dimensions: Dimensions = aliasDimensions(half),
): BusyFigure => ({
  volume: metric(dimensions, 'Invocations', 'Sum'),
  metrics: { errors: metric(dimensions, 'Errors', 'Sum') },
  label: '% of invocations failed',
  figure: '100 * FILL(errors, 0) / volume',
  threshold: thresholdsOf(half).errorPercent,
  smallestVolume: thresholdsOf(half).smallestVolume,
});

/** Milliseconds until 95 % of the invocations ended: of all by the alias, or of those with these dimensions. */
export const duration = (
  half: LambdaHalf,
  dimensions: Dimensions = aliasDimensions(half),
): BusyFigure => ({
  volume: metric(dimensions, 'Invocations', 'Sum'),
  metrics: { milliseconds: metric(dimensions, 'Duration', 'p95') },
  label: 'ms until 95 % of invocations ended',
  figure: 'milliseconds',
  threshold: thresholdsOf(half).p95Milliseconds,
  smallestVolume: thresholdsOf(half).smallestVolume,
});
