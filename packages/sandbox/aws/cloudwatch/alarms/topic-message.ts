/** How a changed alarm looks to the subscribers of a topic. */
import type { Dimension, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { type Alarm, type AlarmState, alarmTime, type MetricAlarm } from './alarm.ts';

/** CloudWatch's names of Regions in messages; the id stands in for those that are not listed. */
const REGION_NAMES: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-north-1': 'EU (Stockholm)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ca-central-1': 'Canada (Central)',
  'sa-east-1': 'South America (Sao Paulo)',
};

const dimensionsOf = (dimensions: readonly Dimension[] = []) =>
  dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));

const queryOf = ({ MetricStat, ...query }: MetricDataQuery) => ({
  ...query,
  ...(MetricStat && {
    MetricStat: {
      ...MetricStat,
      Metric: { ...MetricStat.Metric, Dimensions: dimensionsOf(MetricStat.Metric?.Dimensions) },
    },
  }),
});

const watchedBy = ({ config }: MetricAlarm) => {
  if (config.Metrics) return { Metrics: config.Metrics.map(queryOf) };
  return {
    MetricName: config.MetricName,
    Namespace: config.Namespace,
    ...(config.Statistic
      ? { StatisticType: 'Statistic', Statistic: config.Statistic.toUpperCase() }
      : { StatisticType: 'ExtendedStatistic', ExtendedStatistic: config.ExtendedStatistic }),
    Unit: config.Unit ?? null,
    Dimensions: dimensionsOf(config.Dimensions),
  };
};

const triggerOf = (alarm: MetricAlarm) => {
  const { config, queries, watched } = alarm;
  return {
    ...watchedBy(alarm),
    Period: queries.periodOf(watched),
    EvaluationPeriods: config.EvaluationPeriods,
    DatapointsToAlarm: config.DatapointsToAlarm ?? config.EvaluationPeriods,
    ComparisonOperator: config.ComparisonOperator,
    Threshold: config.Threshold,
    TreatMissingData: config.TreatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: config.EvaluateLowSampleCountPercentile ?? '',
  };
};

/** Message (JSON text) and subject (ASCII, at most 100 characters). */
export const topicMessage = (
  alarm: Alarm,
  previous: AlarmState,
  account: string,
): { Subject: string; Message: string } => {
  const { config, state, name } = alarm;
  const region = REGION_NAMES[alarm.region] ?? alarm.region;
  return {
    Subject: `${state.value}: "${name}" in ${region}`.replace(/[^ -~]/g, '?').slice(0, 100),
    Message: JSON.stringify({
      AlarmName: name,
      AlarmDescription: config.AlarmDescription ?? null,
      AWSAccountId: account,
      AlarmConfigurationUpdatedTimestamp: alarmTime(alarm.configuredAt),
      NewStateValue: state.value,
      NewStateReason: state.reason,
      StateChangeTime: alarmTime(state.updatedAt),
      Region: region,
      AlarmArn: alarm.arn,
      OldStateValue: previous.value,
      OKActions: config.OKActions ?? [],
      AlarmActions: config.AlarmActions ?? [],
      InsufficientDataActions: config.InsufficientDataActions ?? [],
      ...(alarm.kind === 'metric'
        ? { Trigger: triggerOf(alarm) }
        : { AlarmRule: alarm.config.AlarmRule }),
    }),
  };
};
