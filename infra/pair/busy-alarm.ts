/** The shape of every alarm of a pair: a figure that counts only while there is enough traffic to judge by. */
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { PERIOD, SMALLEST_VOLUME } from './thresholds.ts';

export interface BusyAlarmProps {
  readonly name: string;
  readonly description: string;
  /** Requests or invocations in a period. */
  readonly volume: IMetric;
  /** Metrics that `figure` names. */
  readonly metrics: Readonly<Record<string, IMetric>>;
  /** What the figure counts, as it is read after it: `25 % of answers were server errors`. */
  readonly label: string;
  /** Metric math for the figure, e.g. `100 * FILL(errors, 0) / volume`. */
  readonly figure: string;
  readonly threshold: number;
}

/**
 * Alarms when the figure is above its threshold in one period with at least 10 requests. One period is enough:
 * in a canary of five minutes there is no time for a second opinion. A period with fewer requests has no figure, so
 * an alarm without traffic has INSUFFICIENT_DATA instead of saying that all is well.
 */
export const busyAlarm = (
  scope: Construct,
  { name, description, volume, metrics, label, figure, threshold }: BusyAlarmProps,
): Alarm =>
  new Alarm(scope, name, {
    alarmName: name,
    alarmDescription: description,
    metric: new MathExpression({
      expression: `IF(volume >= ${SMALLEST_VOLUME}, ${figure})`,
      usingMetrics: { volume, ...metrics },
      period: PERIOD,
      label,
    }),
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: TreatMissingData.MISSING,
  });
