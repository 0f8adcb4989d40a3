/**
 * Decides the state of a metric alarm from its data points, as the CloudWatch user guide describes it under
 * "Configuring how CloudWatch alarms treat missing data".
 */
import type { StateValue } from '@aws-sdk/client-cloudwatch';

/** A data point; `value` is undefined where data are missing. `time` is the start of its period, in milliseconds. */
export interface Point {
  readonly time: number;
  readonly value: number | undefined;
}

/** A data point that exists. */
export interface RealPoint extends Point {
  readonly value: number;
}

/** What is asked of the points. */
export interface Criteria {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
  readonly breaches: (value: number) => boolean;
}

/** What the points say. */
export interface Evaluation {
  /** `undefined`: the alarm keeps the state it has. */
  readonly state: StateValue | undefined;
  /** The points that counted, oldest first. */
  readonly evaluated: readonly RealPoint[];
}

/** Points that CloudWatch reads beyond the evaluation periods: the guide's examples read 5 for 3. */
export const EXTRA_POINTS = 2;

/** Points that it reads at least. The guide says no number; figures of AWS's services are up to three minutes late, and alarms on one of them work. */
export const LEAST_POINTS = 5;

const isReal = (point: Point): point is RealPoint => point.value !== undefined;

/** `points`: the whole evaluation range, oldest first. */
export const evaluateAlarm = (points: readonly Point[], criteria: Criteria): Evaluation => {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData, breaches } = criteria;
  const evaluated = points.filter(isReal).slice(-evaluationPeriods);
  const filled = evaluationPeriods - evaluated.length;
  const breaching = evaluated.filter(({ value }) => breaches(value));

  const state = (): StateValue | undefined => {
    const bad = breaching.length + (treatMissingData === 'breaching' ? filled : 0);
    if (bad >= datapointsToAlarm) return 'ALARM';
    if (treatMissingData === 'breaching' || treatMissingData === 'notBreaching') return 'OK';
    if (breaching.length < evaluated.length) return 'OK';

    // Missing data count for nothing here, and every point that exists breaches.
    if (treatMissingData === 'ignore') return undefined;
    const [oldest] = breaching;
    if (!oldest) return 'INSUFFICIENT_DATA';
    // "Premature" alarm: it waits for further points until the oldest one is as old as the points it needs.
    const age = points.length - points.indexOf(oldest);
    return age >= datapointsToAlarm ? 'ALARM' : 'OK';
  };
  return { state: state(), evaluated };
};
