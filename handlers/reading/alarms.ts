import {
  type AlarmHistoryItem,
  type CompositeAlarm,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmStep } from '../../core/alarms/alarm-past.ts';
import type { AlarmReading } from '../../core/alarms/alarms.ts';
import { cloudwatch } from '../aws/cloudwatch.ts';

/** Alarms that DescribeAlarms takes by name and gives in one answer (its API model: at most 100). */
const MOST_NAMES = 100;

const dimensionsOf = ({ Dimensions = [], Metrics = [] }: MetricAlarm) =>
  [...Dimensions, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])].map(
    ({ Name = '', Value = '' }) => ({ name: Name, value: Value }),
  );

/** The worst figure that CloudWatch judged by, out of what it says of a state; its shape is documented nowhere. */
const figureIn = (
  { recentDatapoints = [] }: { recentDatapoints?: unknown[] } = {},
  operator: string = 'GreaterThanThreshold',
): { figure?: number } => {
  const figures = recentDatapoints.filter((one) => typeof one === 'number');
  if (figures.length === 0) return {};
  const worst = operator.startsWith('LessThan') ? Math.min : Math.max;
  return { figure: worst(...figures) };
};

const figureOf = ({ StateReasonData = '{}', ComparisonOperator }: MetricAlarm) => {
  try {
    return figureIn(JSON.parse(StateReasonData), ComparisonOperator);
  } catch {
    return {};
  }
};

/** What an alarm compares with its threshold: the label of its metric math, or the name of its only metric. */
const comparedOf = ({
  MetricName,
  Period,
  EvaluationPeriods = 1,
  DatapointsToAlarm = EvaluationPeriods,
  Metrics = [],
  ...alarm
}: MetricAlarm) => {
  const watched = Metrics.find(({ ReturnData }) => ReturnData !== false);
  const metric = watched?.Label ?? MetricName;
  // An expression needs no period of its own: it has the one of its metrics.
  const periods = Metrics.flatMap((query) => query.Period ?? query.MetricStat?.Period ?? []);
  const period = Period ?? watched?.Period ?? Math.max(0, ...periods);
  if (!metric || !period || alarm.Threshold === undefined) return {};
  const compared = { metric, threshold: alarm.Threshold, seconds: period * DatapointsToAlarm };
  return { compared: { ...compared, ...figureOf(alarm) } };
};

const readingOf = (alarm: MetricAlarm & CompositeAlarm): AlarmReading => ({
  name: alarm.AlarmName ?? '',
  state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
  stateReason: alarm.StateReason ?? '',
  since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString() ?? '',
  dimensions: alarm.AlarmRule
    ? [{ name: 'AlarmRule', value: alarm.AlarmRule }]
    : dimensionsOf(alarm),
  ...comparedOf(alarm),
});

/** Reads alarms by name, composite ones too: without AlarmTypes CloudWatch gives metric alarms only. */
export const readAlarms = async (names: readonly string[]): Promise<readonly AlarmReading[]> => {
  const parts = Array.from({ length: Math.ceil(names.length / MOST_NAMES) }, (_, part) =>
    names.slice(part * MOST_NAMES, (part + 1) * MOST_NAMES),
  );
  const read = await Promise.all(
    parts.map((AlarmNames) =>
      cloudwatch.send(
        new DescribeAlarmsCommand({
          AlarmNames: [...AlarmNames],
          AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
          MaxRecords: MOST_NAMES,
        }),
      ),
    ),
  );
  return read.flatMap(({ MetricAlarms = [], CompositeAlarms = [] }) =>
    [...MetricAlarms, ...CompositeAlarms].map(readingOf),
  );
};

/** What an alarm became; its summary says it where its data, which CloudWatch may cut off, cannot be read. */
const becameIn = ({ HistoryData, HistorySummary = '' }: AlarmHistoryItem) => {
  try {
    const { newState } = JSON.parse(HistoryData ?? '{}');
    return {
      state: newState.stateValue ?? '',
      stateReason: newState.stateReason ?? '',
      ...figureIn(newState.stateReasonData),
    };
  } catch {
    return { state: HistorySummary.split(' ').at(-1) ?? '', stateReason: HistorySummary };
  }
};

/** Reads how an alarm's state has changed since a moment, in the order of time. */
export const readSteps = async (name: string, since: string): Promise<readonly AlarmStep[]> => {
  const { AlarmHistoryItems = [] } = await cloudwatch.send(
    new DescribeAlarmHistoryCommand({
      AlarmName: name,
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      HistoryItemType: 'StateUpdate',
      StartDate: new Date(since),
      ScanBy: 'TimestampAscending',
    }),
  );
  return AlarmHistoryItems.map((item) => ({
    at: item.Timestamp?.toISOString() ?? '',
    ...becameIn(item),
  }));
};
