/** Alarms on the orchestrator itself. Each tells people on the notifications topic; docs/operations.md says what to do. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { METRICS, METRICS_NAMESPACE } from '../../core/names.ts';
import type { End } from '../../core/release/end.ts';

const PERIOD = Duration.minutes(5);

const own = (metricName: string, dimensionsMap: Record<string, string>, statistic: string) =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap,
    statistic,
    period: PERIOD,
  });

const NEEDS_ATTENTION: End = 'NeedsAttention';

/** Sum of several counts; a metric that nobody has written counts as none. */
const sumOf = (metrics: readonly IMetric[]): IMetric => {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({
    expression: `SUM([${Object.keys(usingMetrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(', ')}])`,
    usingMetrics,
    period: PERIOD,
  });
};

export interface Watched {
  readonly people: ITopic;
  readonly machines: readonly IStateMachine[];
  /** Functions that events start: one that is throttled there is late, and nobody waits for it. */
  readonly triggers: readonly IFunction[];
}

/** Makes the alarms, each of them red while what it counts is above none. */
export const ownAlarms = (scope: Construct, { people, machines, triggers }: Watched): void => {
  const tell = new SnsAction(people);
  const alarm = (name: string, alarmDescription: string, metric: IMetric) =>
    new Alarm(scope, name, {
      alarmName: `tandem-${name}`,
      alarmDescription,
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(tell);

  alarm(
    'needs-attention',
    'Tandem could not roll a target back, and changes nothing more. Run the commands of the reason now: npx tandem get <release>.',
    own(METRICS.releases, { End: NEEDS_ATTENTION }, 'Sum'),
  );
  alarm(
    'unexpected-failures',
    'An execution failed with an error that is not an end of a release. Recovery continues its release within five minutes. If CloseRelease failed, no message of the end was sent yet: npx tandem list. See docs/operations.md, "Alarms on Tandem itself".',
    own(METRICS.unexpectedFailures, { Service: 'tandem' }, 'Sum'),
  );
  alarm(
    'overdue-releases',
    'A release has recorded nothing for two hours, and nothing it waits for explains that. Tandem stops its execution and recovers it; if the alarm stays red, see npx tandem get <release>, then abort it.',
    own(METRICS.overdueReleases, { Service: 'tandem' }, 'Maximum'),
  );
  alarm(
    'unreadable-records',
    'The record of an open release cannot be read: Tandem cannot continue that release, and its pair accepts no other one. Its key is in the log of tandem-on-schedule. See docs/operations.md, "Fix a record that cannot be read".',
    own(METRICS.unreadableRecords, { Service: 'tandem' }, 'Maximum'),
  );
  alarm(
    'throttled',
    'AWS throttles executions or triggers of Tandem: see the quotas of Step Functions and Lambda. Releases continue, later than they should.',
    sumOf([
      ...machines.map((machine) => machine.metricThrottled({ period: PERIOD, statistic: 'Sum' })),
      ...triggers.map((trigger) => trigger.metricThrottles({ period: PERIOD, statistic: 'Sum' })),
    ]),
  );
};
