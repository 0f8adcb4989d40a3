import {
  DescribeAlarmsCommand,
  type Dimension,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { VERSION_DIMENSION } from '../../../core/drivers/dimensions.ts';
import { AlarmUnwritableError } from '../../../core/text/errors.ts';
import { cloudwatch } from '../../aws/cloudwatch.ts';

const pointed = (dimensions: readonly Dimension[] = [], version: string): Dimension[] =>
  dimensions.map((one) =>
    one.Name === VERSION_DIMENSION ? { Name: VERSION_DIMENSION, Value: version } : one,
  );

/** Members that DescribeAlarms gives and PutMetricAlarm takes; an alarm is written whole or it loses settings. */
const INPUT = [
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'MetricName',
  'Namespace',
  'Statistic',
  'ExtendedStatistic',
  'Period',
  'Unit',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'ComparisonOperator',
  'TreatMissingData',
  'EvaluateLowSampleCountPercentile',
  'ThresholdMetricId',
] as const;

/** Members that say how an alarm stands, or are written in another way. */
const NOT_WRITTEN = [
  'AlarmArn',
  'AlarmConfigurationUpdatedTimestamp',
  'StateValue',
  'StateReason',
  'StateReasonData',
  'StateUpdatedTimestamp',
  'StateTransitionedTimestamp',
  'EvaluationState',
  'Dimensions',
  'Metrics',
];

const isKnown = (member: string): boolean => [...INPUT, ...NOT_WRITTEN].includes(member);

/** Why an alarm cannot follow a version: writing it without a member would change what it means. */
const unwritable = ({ AlarmName }: MetricAlarm, members: readonly string[]): string =>
  `Alarm ${AlarmName} has ${members.join(' and ')}, which Tandem would lose when it points the alarm at a version. ` +
  'Take the alarm out of versionAlarms, or replace it by one on a metric or a metric math expression.';

const rewritten = (alarm: MetricAlarm, version: string): PutMetricAlarmCommandInput => {
  const kept = Object.fromEntries(
    INPUT.flatMap((member) => (alarm[member] === undefined ? [] : [[member, alarm[member]]])),
  );
  return {
    ...(kept as unknown as PutMetricAlarmCommandInput),
    ...(alarm.Metrics?.length
      ? {
          Metrics: alarm.Metrics.map((query) =>
            query.MetricStat?.Metric
              ? {
                  ...query,
                  MetricStat: {
                    ...query.MetricStat,
                    Metric: {
                      ...query.MetricStat.Metric,
                      Dimensions: pointed(query.MetricStat.Metric.Dimensions, version),
                    },
                  },
                }
              : query,
          ),
        }
      : { Dimensions: pointed(alarm.Dimensions, version) }),
  };
};

/**
 * Points alarms at one version of a function. An alarm's dimensions are fixed, versions are not, so the alarms of
 * the two colours follow the release; thresholds stay the template's. Throws before the first write for an alarm that
 * would not stay what it is, e.g. one on a PromQL query.
 */
export const pointAlarms = async (names: readonly string[], version: string): Promise<void> => {
  if (names.length === 0) return;
  const { MetricAlarms = [] } = await cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [...names], AlarmTypes: ['MetricAlarm'] }),
  );
  for (const alarm of MetricAlarms) {
    const foreign = Object.entries(alarm).flatMap(([member, value]) =>
      value === undefined || isKnown(member) ? [] : [member],
    );
    if (foreign.length > 0) throw new AlarmUnwritableError(unwritable(alarm, foreign));
  }
  for (const alarm of MetricAlarms) {
    await cloudwatch.send(new PutMetricAlarmCommand(rewritten(alarm, version)));
  }
};
