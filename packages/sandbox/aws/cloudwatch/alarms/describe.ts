/** DescribeAlarms, DescribeAlarmsForMetric, DescribeAlarmHistory. */
import type {
  AlarmType,
  DescribeAlarmHistoryInput,
  DescribeAlarmsForMetricInput,
  DescribeAlarmsInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../aws-error.ts';
import type { Caller, Operation } from '../../../cloud.ts';
import { page } from '../../../paging.ts';
import { outsideOf } from '../../../value-set.ts';
import { dimensionKey } from '../metrics/store.ts';
import { alarmPaging, historyPaging } from '../paging.ts';
import { type Alarm, type Alarms, STATES } from './alarm.ts';

const TYPES = ['CompositeAlarm', 'MetricAlarm'] satisfies AlarmType[];

/** AWS's limit of names in a call. */
const MOST_NAMES = 100;

const refuse = (message: string) => new AwsError('ValidationError', message);

const described = ({ config, state, arn, actionsEnabled, configuredAt }: Alarm) => {
  const { Tags: _, ...members } = config;
  return {
    AlarmActions: [],
    OKActions: [],
    InsufficientDataActions: [],
    ...members,
    AlarmArn: arn,
    ActionsEnabled: actionsEnabled,
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData !== undefined && { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: new Date(state.updatedAt),
    StateTransitionedTimestamp: new Date(state.transitionedAt),
  };
};

const describedMetric = (alarm: Alarm) => ({
  ...(alarm.kind === 'metric' && !alarm.config.Metrics && { Dimensions: [] }),
  ...described(alarm),
});

const byName = (a: Alarm, b: Alarm) => (a.name < b.name ? -1 : 1);

const describeAlarms =
  (alarmsOf: (region: string) => Alarms): Operation =>
  (input: DescribeAlarmsInput, { region }: Caller) => {
    const { AlarmNames, AlarmNamePrefix, AlarmTypes = ['MetricAlarm'], StateValue } = input;
    for (const member of ['ChildrenOfAlarmName', 'ParentsOfAlarmName'] as const) {
      if (input[member] !== undefined) throw refuse(`${member} is not part of this sandbox.`);
    }
    if (AlarmNames && AlarmNamePrefix !== undefined) {
      throw refuse('AlarmNames and AlarmNamePrefix cannot be specified together.');
    }
    if (AlarmNames && AlarmNames.length > MOST_NAMES) {
      throw refuse(`At most ${MOST_NAMES} AlarmNames can be given.`);
    }
    const complaint =
      outsideOf(STATES, 'stateValue', StateValue) ??
      AlarmTypes.map((type) => outsideOf(TYPES, 'alarmTypes', type)).find(Boolean);
    if (complaint) throw refuse(complaint);
    const { ActionPrefix } = input;
    const found = [...alarmsOf(region).values()]
      .filter(
        (alarm) =>
          AlarmTypes.includes(alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm') &&
          (!AlarmNames?.length || AlarmNames.includes(alarm.name)) &&
          alarm.name.startsWith(AlarmNamePrefix ?? '') &&
          (!StateValue || alarm.state.value === StateValue) &&
          (!ActionPrefix ||
            alarm.config.AlarmActions?.some((action) => action.startsWith(ActionPrefix))),
      )
      .sort(byName);
    const { items, next } = page(AlarmNames ? historyPaging : alarmPaging, found, input);
    return {
      MetricAlarms: items.filter(({ kind }) => kind === 'metric').map(describedMetric),
      CompositeAlarms: items.filter(({ kind }) => kind === 'composite').map(described),
      ...next,
    };
  };

const describeForMetric =
  (alarmsOf: (region: string) => Alarms): Operation =>
  (input: DescribeAlarmsForMetricInput, { region }: Caller) => {
    const wanted = ['MetricName', 'Namespace'] as const;
    const optional = ['Statistic', 'ExtendedStatistic', 'Period', 'Unit'] as const;
    const found = [...alarmsOf(region).values()].filter(
      (alarm) =>
        alarm.kind === 'metric' &&
        wanted.every((member) => alarm.config[member] === input[member]) &&
        dimensionKey(alarm.config.Dimensions) === dimensionKey(input.Dimensions) &&
        optional.every(
          (member) => input[member] === undefined || alarm.config[member] === input[member],
        ),
    );
    return { MetricAlarms: found.sort(byName).map(describedMetric) };
  };

const describeHistory =
  (alarmsOf: (region: string) => Alarms): Operation =>
  (input: DescribeAlarmHistoryInput, { region }: Caller) => {
    const { AlarmName, AlarmTypes = ['MetricAlarm'], HistoryItemType, StartDate, EndDate } = input;
    const found = [...alarmsOf(region).values()]
      .filter(({ name }) => !AlarmName || name === AlarmName)
      .flatMap(({ history }) => history)
      .filter(
        ({ AlarmType, HistoryItemType: type, Timestamp = new Date(0) }) =>
          AlarmType &&
          AlarmTypes.includes(AlarmType) &&
          (!HistoryItemType || type === HistoryItemType) &&
          (!StartDate || Timestamp >= StartDate) &&
          (!EndDate || Timestamp <= EndDate),
      )
      .sort((a, b) => (b.Timestamp?.getTime() ?? 0) - (a.Timestamp?.getTime() ?? 0));
    if (input.ScanBy === 'TimestampAscending') found.reverse();
    const { items, next } = page(historyPaging, found, input);
    return { AlarmHistoryItems: items, ...next };
  };

/** The operations that read alarms. Without AlarmTypes only metric alarms are given, as on AWS. */
export const describeOperations = (
  alarmsOf: (region: string) => Alarms,
): Record<string, Operation> => ({
  DescribeAlarms: describeAlarms(alarmsOf),
  DescribeAlarmsForMetric: describeForMetric(alarmsOf),
  DescribeAlarmHistory: describeHistory(alarmsOf),
});
