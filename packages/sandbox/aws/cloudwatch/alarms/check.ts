/** Checks the configuration of a metric alarm before it is kept. */
import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../aws-error.ts';
import { prepareQueries, type Queries, tryQueries } from '../metrics/queries.ts';
import type { MetricStore } from '../metrics/store.ts';
import { queriesOf } from './alarm.ts';
import { COMPARISONS } from './reason.ts';

const DAY = 86_400;
const WEEK = 7 * DAY;
const HOUR = 3_600;

/** Members that belong to alarms on a single metric. */
const SINGLE = [
  'MetricName',
  'Namespace',
  'Dimensions',
  'Period',
  'Unit',
  'Statistic',
  'ExtendedStatistic',
] as const;

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'];

const refuse = (message: string) => new AwsError('ValidationError', message);

const checkSingle = (config: PutMetricAlarmInput) => {
  if (!config.MetricName || !config.Namespace) {
    throw refuse('MetricName and Namespace must be specified, or Metrics instead of both.');
  }
  if (!config.Statistic === !config.ExtendedStatistic) {
    throw refuse('Exactly one of Statistic and ExtendedStatistic must be specified.');
  }
  if (config.ExtendedStatistic && !/^p/.test(config.ExtendedStatistic)) {
    throw refuse(
      `The value ${config.ExtendedStatistic} for parameter ExtendedStatistic is not supported by this sandbox.`,
    );
  }
};

const checkMetrics = (config: PutMetricAlarmInput, metrics: readonly MetricDataQuery[]) => {
  const [clash] = SINGLE.filter((member) => config[member] !== undefined);
  if (clash) throw refuse(`${clash} must not be specified together with Metrics.`);
  if (metrics.filter(({ ReturnData }) => ReturnData !== false).length !== 1) {
    throw refuse('Exactly one element of the metrics list should return data.');
  }
  const periods = new Set(metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? []));
  if (periods.size > 1) throw refuse('All metrics of an alarm must have the same period.');
};

const checkPeriod = (period = 0) => {
  if ([10, 20, 30].includes(period) || (period >= 60 && period % 60 === 0)) return;
  throw refuse('Period must be 10, 20, 30 or a multiple of 60');
};

const checkEvaluation = (config: PutMetricAlarmInput, period: number) => {
  const { EvaluationPeriods = 0, DatapointsToAlarm = EvaluationPeriods } = config;
  if (EvaluationPeriods < 1) throw refuse('EvaluationPeriods must be at least 1.');
  if (DatapointsToAlarm < 1 || DatapointsToAlarm > EvaluationPeriods) {
    throw refuse('DatapointsToAlarm must be between 1 and EvaluationPeriods.');
  }
  const longest = period >= HOUR ? WEEK : DAY;
  if (EvaluationPeriods * period > longest) {
    throw refuse(
      `Metrics cannot be checked across more than ${longest} seconds (EvaluationPeriods * Period).`,
    );
  }
  if (!COMPARISONS[config.ComparisonOperator ?? 'GreaterThanUpperThreshold']) {
    throw refuse(
      `The ComparisonOperator ${config.ComparisonOperator} is not supported by this sandbox.`,
    );
  }
  if (config.Threshold === undefined || !Number.isFinite(config.Threshold)) {
    throw refuse('Threshold must be specified.');
  }
  if (config.TreatMissingData && !TREATMENTS.includes(config.TreatMissingData)) {
    throw refuse(
      `Value '${config.TreatMissingData}' at 'treatMissingData' failed to satisfy constraint: [${TREATMENTS.join(', ')}]`,
    );
  }
};

/** The queries of a configuration and the id of the one that is watched. Throws ValidationError. */
export const checkMetricAlarm = (
  config: PutMetricAlarmInput,
  store: MetricStore,
): { queries: Queries; watched: string } => {
  if (!config.AlarmName || config.AlarmName.length > 255) {
    throw refuse('AlarmName must have 1 to 255 characters.');
  }
  for (const member of ['ThresholdMetricId', 'EvaluationCriteria', 'EvaluationInterval'] as const) {
    if (config[member] !== undefined) throw refuse(`${member} is not part of this sandbox.`);
  }
  if (config.Metrics) checkMetrics(config, config.Metrics);
  else checkSingle(config);
  const metrics = queriesOf(config);
  for (const { MetricStat } of metrics) if (MetricStat) checkPeriod(MetricStat.Period);
  const queries = prepareQueries(metrics);
  const watched = metrics.find(({ ReturnData }) => ReturnData !== false)?.Id ?? '';
  checkEvaluation(config, queries.periodOf(watched));
  tryQueries(queries, store);
  return { queries, watched };
};
