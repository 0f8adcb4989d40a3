import {
  CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmReading } from '../../core/checks/alarms.ts';

const cloudwatch = new CloudWatchClient();

const dimensionsOf = ({ Dimensions = [], Metrics = [] }: MetricAlarm) =>
  [...Dimensions, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])].map(
    ({ Name = '', Value = '' }) => ({ name: Name, value: Value }),
  );

const readingOf = (alarm: MetricAlarm & CompositeAlarm): AlarmReading => ({
  name: alarm.AlarmName ?? '',
  state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
  stateReason: alarm.StateReason ?? '',
  since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString() ?? '',
  dimensions: alarm.AlarmRule
    ? [{ name: 'AlarmRule', value: alarm.AlarmRule }]
    : dimensionsOf(alarm),
});

/** Reads alarms by name, composite ones too: without AlarmTypes CloudWatch gives metric alarms only. */
export const readAlarms = async (names: readonly string[]): Promise<readonly AlarmReading[]> => {
  if (names.length === 0) return [];
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(
    new DescribeAlarmsCommand({
      AlarmNames: [...names],
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    }),
  );
  return [...MetricAlarms, ...CompositeAlarms].map(readingOf);
};
