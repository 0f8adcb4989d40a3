/** Evaluates alarms again and again: metric alarms by the clock, composite alarms when one of their alarms changes. */
import type { Cloud } from '../../../cloud.ts';
import type { Timers } from '../../../delivery/timers.ts';
import type { MetricStore } from '../metrics/store.ts';
import type { Alarm, Alarms, CompositeAlarm, MetricAlarm } from './alarm.ts';
import { alarmTime } from './alarm.ts';
import { type ChangeState, stateChanger } from './change-state.ts';
import { type Criteria, EXTRA_POINTS, evaluateAlarm, LEAST_POINTS } from './evaluation.ts';
import { COMPARISONS, reasonDataOf, reasonOf } from './reason.ts';

/** Milliseconds from the creation of an alarm to its first evaluation. */
const FIRST_LOOK = 5_000;

/**
 * Alarms with a period of a minute or more are evaluated every minute, others every 10 seconds (user guide, "alarm
 * evaluation"), a little after the full minute or 10 seconds, on what has arrived by then. Milliseconds.
 */
const rhythmOf = (period: number) =>
  period < 60 ? { interval: 10_000, delay: 2_000 } : { interval: 60_000, delay: 10_000 };

/** Starts and stops the evaluation of alarms. */
export interface Watch {
  /** Evaluates an alarm soon, and from then on. */
  start(alarm: Alarm): void;
  stop(alarm: Alarm): void;
  readonly changeState: ChangeState;
}

const criteriaOf = ({ config }: MetricAlarm): Criteria => {
  const { EvaluationPeriods = 1, Threshold = 0, ComparisonOperator } = config;
  const comparison = ComparisonOperator && COMPARISONS[ComparisonOperator];
  return {
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: config.DatapointsToAlarm ?? EvaluationPeriods,
    treatMissingData: (config.TreatMissingData ?? 'missing') as Criteria['treatMissingData'],
    breaches: (value) => comparison?.breaches(value, Threshold) ?? false,
  };
};

/** Nothing is watched until `start`. */
export const watcher = (
  cloud: Cloud,
  timers: Timers,
  store: (region: string) => MetricStore,
  alarmsOf: (region: string) => Alarms,
): Watch => {
  const evaluateMetric = (alarm: MetricAlarm) => {
    const { config, queries, watched, region } = alarm;
    const now = cloud.clock.now();
    const period = queries.periodOf(watched);
    const { interval } = rhythmOf(period);
    const criteria = criteriaOf(alarm);
    const range = Math.max(criteria.evaluationPeriods + EXTRA_POINTS, LEAST_POINTS);
    const end = Math.floor(now / interval) * interval;
    const starts = Array.from(
      { length: range },
      (_, index) => end - (range - index) * period * 1000,
    );
    const series = queries.seriesOf(watched, store(region), () => starts);
    const points = starts.map((time) => ({ time, value: series.get(time) }));

    const { state, evaluated } = evaluateAlarm(points, criteria);
    if (state === undefined || state === alarm.state.value) return;
    const facts = {
      evaluation: { state, evaluated },
      criteria,
      comparison:
        (config.ComparisonOperator && COMPARISONS[config.ComparisonOperator]?.words) ?? '',
      threshold: config.Threshold ?? 0,
      statistic: config.Statistic ?? config.ExtendedStatistic,
      period,
      now,
    };
    changeState(alarm, { value: state, reason: reasonOf(facts), reasonData: reasonDataOf(facts) });
  };

  const evaluateComposite = (alarm: CompositeAlarm, cause?: Alarm) => {
    const known = alarmsOf(alarm.region);
    const holds = alarm.rule.holds((name) => known.get(name)?.state.value ?? 'INSUFFICIENT_DATA');
    const value = holds ? 'ALARM' : 'OK';
    if (value === alarm.state.value) return;
    const reason = cause
      ? `${cause.arn} transitioned to ${cause.state.value} at ${new Date(cause.state.updatedAt).toUTCString()}`
      : `Alarm rule evaluated to ${value}`;
    const triggering = alarm.rule.children.flatMap((name) => known.get(name) ?? []);
    changeState(alarm, {
      value,
      reason,
      reasonData: JSON.stringify({
        triggeringAlarms: triggering.map(({ arn, state }) => ({
          arn,
          state: { value: state.value, timestamp: alarmTime(state.updatedAt) },
        })),
      }),
    });
  };

  /** Each composite alarm at most once per change, so that circles end. */
  const changing = new Set<Alarm>();
  const changed = (cause: Alarm) => {
    changing.add(cause);
    for (const alarm of alarmsOf(cause.region).values()) {
      if (
        alarm.kind === 'composite' &&
        !changing.has(alarm) &&
        alarm.rule.children.includes(cause.name)
      ) {
        evaluateComposite(alarm, cause);
      }
    }
    changing.delete(cause);
  };
  const changeState = stateChanger(cloud, timers, changed);

  const again = (alarm: MetricAlarm) => {
    const { interval, delay } = rhythmOf(alarm.queries.periodOf(alarm.watched));
    const now = cloud.clock.now();
    const next = Math.floor((now - delay) / interval + 1) * interval + delay;
    alarm.timer = timers.after(next - now, () => {
      again(alarm);
      evaluateMetric(alarm);
    });
  };

  const stop = (alarm: Alarm) => {
    alarm.timer?.cancel();
    alarm.timer = undefined;
  };

  return {
    stop,
    changeState,
    start: (alarm) => {
      stop(alarm);
      alarm.timer = timers.after(FIRST_LOOK, () => {
        if (alarm.kind === 'composite') return evaluateComposite(alarm);
        again(alarm);
        evaluateMetric(alarm);
      });
    },
  };
};
