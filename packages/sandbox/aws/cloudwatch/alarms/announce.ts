/** How a changed alarm looks in the event `CloudWatch Alarm State Change` and to a Lambda function. */
import { type Alarm, type AlarmState, alarmTime, queriesOf } from './alarm.ts';

const stateDetail = ({ value, reason, reasonData, updatedAt }: AlarmState) => ({
  value,
  reason,
  ...(reasonData !== undefined && { reasonData }),
  timestamp: alarmTime(updatedAt),
});

const configurationDetail = ({ kind, config }: Alarm) => {
  const description = config.AlarmDescription && { description: config.AlarmDescription };
  if (kind === 'composite') {
    return {
      ...description,
      actionsEnabled: config.ActionsEnabled ?? true,
      alarmRule: config.AlarmRule,
    };
  }
  return {
    ...description,
    metrics: queriesOf(config).map(({ Id, Expression, Label, MetricStat, ReturnData, Period }) => ({
      id: Id,
      ...(Expression && { expression: Expression }),
      ...(Label && { label: Label }),
      ...(MetricStat && {
        metricStat: {
          metric: {
            namespace: MetricStat.Metric?.Namespace,
            name: MetricStat.Metric?.MetricName,
            dimensions: Object.fromEntries(
              (MetricStat.Metric?.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]),
            ),
          },
          period: MetricStat.Period,
          stat: MetricStat.Stat,
          ...(MetricStat.Unit && { unit: MetricStat.Unit }),
        },
      }),
      ...(Period && { period: Period }),
      returnData: ReturnData ?? true,
    })),
  };
};

/** `detail` of the event `CloudWatch Alarm State Change`. */
export const stateChangeDetail = (alarm: Alarm, previous: AlarmState) => ({
  alarmName: alarm.name,
  state: stateDetail(alarm.state),
  previousState: stateDetail(previous),
  configuration: configurationDetail(alarm),
});

/** The event of a Lambda function that is an alarm's action. */
export const lambdaActionEvent = (alarm: Alarm, previous: AlarmState, account: string) => ({
  source: 'aws.cloudwatch',
  alarmArn: alarm.arn,
  accountId: account,
  time: alarmTime(alarm.state.updatedAt),
  region: alarm.region,
  alarmData: stateChangeDetail(alarm, previous),
});
