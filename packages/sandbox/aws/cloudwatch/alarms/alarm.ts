/** An alarm: its configuration, its state, and where all alarms of a Region are kept. */
import type {
  AlarmHistoryItem,
  MetricDataQuery,
  PutCompositeAlarmInput,
  PutMetricAlarmInput,
  StateValue,
} from '@aws-sdk/client-cloudwatch';
import type { Timer } from '../../../clock/clock.ts';
import type { Queries } from '../metrics/queries.ts';
import type { Rule } from './rule.ts';

/** The states of an alarm, in the order of AWS's model. */
export const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] satisfies StateValue[];

/** A state with its reason. Times are milliseconds of service time. */
export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON text. */
  readonly reasonData: string | undefined;
  readonly updatedAt: number;
  readonly transitionedAt: number;
}

interface Shared {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly tags: Map<string, string>;
  readonly history: AlarmHistoryItem[];
  configuredAt: number;
  actionsEnabled: boolean;
  state: AlarmState;
  /** The next evaluation. */
  timer: Timer | undefined;
}

/** Watches one statistic or one metric math expression. */
export interface MetricAlarm extends Shared {
  readonly kind: 'metric';
  config: PutMetricAlarmInput;
  /** The watched queries; `watched` is the id of the one that counts. */
  queries: Queries;
  watched: string;
}

/** Watches other alarms. */
export interface CompositeAlarm extends Shared {
  readonly kind: 'composite';
  config: PutCompositeAlarmInput;
  rule: Rule;
}

export type Alarm = MetricAlarm | CompositeAlarm;

/** The alarms of a Region by name. */
export type Alarms = Map<string, Alarm>;

/** Id of the only query of an alarm that names a single metric. */
const SINGLE = 'm1';

/** What an alarm watches, in the form that alarms on metric math use. */
export const queriesOf = (config: PutMetricAlarmInput): MetricDataQuery[] => {
  if (config.Metrics) return config.Metrics;
  const {
    Namespace,
    MetricName,
    Dimensions = [],
    Period,
    Statistic,
    ExtendedStatistic,
    Unit,
  } = config;
  return [
    {
      Id: SINGLE,
      MetricStat: {
        Metric: { Namespace, MetricName, Dimensions },
        Period,
        Stat: Statistic ?? ExtendedStatistic,
        ...(Unit && { Unit }),
      },
      ReturnData: true,
    },
  ];
};

/** A point of service time as CloudWatch writes it into events and reasons: `2026-01-05T09:00:00.000+0000`. */
export const alarmTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('Z', '+0000');
