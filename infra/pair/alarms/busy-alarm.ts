/** The shape of every alarm of a pair: a figure that counts only while there is enough traffic to judge by. */
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type BusyFigure, busyExpression } from './busy-figure.ts';

export interface BusyAlarmProps extends BusyFigure {
  readonly name: string;
  readonly description: string;
}

/**
 * Alarms when the figure is above its threshold in one of the last two periods with enough requests. One bad period is
 * enough: in a canary of five minutes there is no time for a second opinion. The one before the newest counts too,
 * since the errors of a period may arrive after its requests, and after the next period. A period with fewer requests has no figure, so
 * an alarm without traffic has INSUFFICIENT_DATA instead of saying that all is well.
 */
export const busyAlarm = (
  scope: Construct,
  { name, description, ...figure }: BusyAlarmProps,
): Alarm =>
  new Alarm(scope, name, {
    alarmName: name,
    alarmDescription: description,
    metric: busyExpression(figure),
    threshold: figure.threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 2,
    datapointsToAlarm: 1,
    treatMissingData: TreatMissingData.MISSING,
  });
