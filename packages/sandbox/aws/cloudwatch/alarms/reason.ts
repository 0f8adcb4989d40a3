/** The sentences and figures with which CloudWatch explains a state. */
import type { ComparisonOperator, StateValue } from '@aws-sdk/client-cloudwatch';
import { alarmTime } from './alarm.ts';
import type { Criteria, Evaluation, RealPoint } from './evaluation.ts';

interface Comparison {
  readonly breaches: (value: number, threshold: number) => boolean;
  readonly words: string;
}

/** The operators for alarms without anomaly detection. */
export const COMPARISONS: Readonly<Partial<Record<ComparisonOperator, Comparison>>> = {
  GreaterThanThreshold: {
    breaches: (value, threshold) => value > threshold,
    words: 'greater than',
  },
  GreaterThanOrEqualToThreshold: {
    breaches: (value, threshold) => value >= threshold,
    words: 'greater than or equal to',
  },
  LessThanThreshold: {
    breaches: (value, threshold) => value < threshold,
    words: 'less than',
  },
  LessThanOrEqualToThreshold: {
    breaches: (value, threshold) => value <= threshold,
    words: 'less than or equal to',
  },
};

/** Everything that the texts mention. */
export interface ReasonFacts {
  readonly evaluation: Evaluation & { readonly state: StateValue };
  readonly criteria: Criteria;
  readonly comparison: string;
  readonly threshold: number;
  /** Only alarms on a single metric have one. */
  readonly statistic: string | undefined;
  readonly period: number;
  /** Milliseconds of service time. */
  readonly now: number;
}

/** CloudWatch writes doubles as Java does. */
const double = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** `05/01/26 09:00:00` */
const shortTime = (time: number) => {
  const [date = '', clock = ''] = new Date(time).toISOString().split('T');
  const [year = '', month, day] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${clock.slice(0, 8)}`;
};

const listed = (points: readonly RealPoint[]) =>
  [...points]
    .reverse()
    .map(({ time, value }) => `${double(value)} (${shortTime(time)})`)
    .join(', ');

const WORST: Readonly<Record<StateValue, string>> = {
  ALARM: 'OK -> ALARM',
  OK: 'ALARM -> OK',
  INSUFFICIENT_DATA: '',
};

/** E.g. `Threshold Crossed: 1 out of the last 1 datapoints [2.0 (05/01/26 09:00:00)] was greater than …`. */
export const reasonOf = (facts: ReasonFacts): string => {
  const { evaluation, criteria, comparison, threshold } = facts;
  const { evaluationPeriods: periods, datapointsToAlarm } = criteria;
  const { state, evaluated } = evaluation;
  if (state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${counted(periods, 'datapoint')} ${periods === 1 ? 'was' : 'were'} unknown.`;
  }
  const filled = periods - evaluated.length;
  const treated =
    filled > 0 && ['breaching', 'notBreaching'].includes(criteria.treatMissingData)
      ? `${counted(filled, 'missing datapoint')} ${filled === 1 ? 'was' : 'were'} treated as [${
          criteria.treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching'
        }]`
      : undefined;
  if (evaluated.length === 0) {
    return `Threshold Crossed: no datapoints were received for ${counted(periods, 'period')} and ${treated}.`;
  }
  const breaching = evaluated.filter(({ value }) => criteria.breaches(value));
  const named = state === 'ALARM' && breaching.length > 0 ? breaching : evaluated;
  const negated = state === 'OK' || breaching.length === 0;
  const least = state === 'ALARM' ? datapointsToAlarm : periods - datapointsToAlarm + 1;
  return [
    `Threshold Crossed: ${named.length} out of the last ${periods} datapoints [${listed(named)}]`,
    `${named.length === 1 ? 'was' : 'were'}${negated ? ' not' : ''} ${comparison} the threshold (${double(threshold)})`,
    ...(treated ? [`and ${treated}`] : []),
    `(minimum ${counted(least, 'datapoint')} for ${WORST[state]} transition).`,
  ].join(' ');
};

/** The same as JSON text. */
export const reasonDataOf = ({
  evaluation,
  statistic,
  period,
  threshold,
  now,
}: ReasonFacts): string => {
  const { evaluated } = evaluation;
  const [oldest] = evaluated;
  return JSON.stringify({
    version: '1.0',
    queryDate: alarmTime(now),
    startDate: oldest && alarmTime(oldest.time),
    statistic,
    period,
    recentDatapoints: evaluated.map(({ value }) => value),
    threshold,
    evaluatedDatapoints: [...evaluated]
      .reverse()
      .map(({ time, value }) => ({ timestamp: alarmTime(time), value })),
  });
};
