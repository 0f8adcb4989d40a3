import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type Dimension,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { VERSION_DIMENSION } from '../../core/checks/dimensions.ts';

const cloudwatch = new CloudWatchClient();

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
 * the two colours follow the release; thresholds stay the template's.
 */
export const pointAlarms = async (names: readonly string[], version: string): Promise<void> => {
  if (names.length === 0) return;
  const { MetricAlarms = [] } = await cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [...names], AlarmTypes: ['MetricAlarm'] }),
  );
  for (const alarm of MetricAlarms) {
    await cloudwatch.send(new PutMetricAlarmCommand(rewritten(alarm, version)));
  }
};
