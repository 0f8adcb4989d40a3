/** Evaluates a set of metric queries that refer to each other: what GetMetricData and alarms ask for. */
import type { MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../aws-error.ts';
import { evaluate } from '../math/evaluate.ts';
import { type Expression, idsOf, parseExpression } from '../math/parse.ts';
import { isSeries, type Scope, type Series, seriesOf, type Value } from '../math/value.ts';
import { statistic } from './statistic.ts';
import { bucketBetween, type MetricStore } from './store.ts';

/** A set of queries that has been checked. */
export interface Queries {
  readonly ids: readonly string[];
  /** Seconds of the period of a query: that of the metrics it reads, the longest of them. */
  periodOf(id: string): number;
  /** The series of a query. `times` gives the starts of the periods of a length in seconds, oldest first. */
  seriesOf(id: string, store: MetricStore, times: (period: number) => readonly number[]): Series;
}

type Source =
  | { readonly kind: 'metric'; readonly metric: MetricStat }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly text: string };

const refuse = (message: string) => new AwsError('ValidationError', message);

/** Throws ValidationError for a period that no metric has. */
export const checkPeriod = (period = 0): void => {
  if ([1, 5, 10, 20, 30].includes(period) || (period >= 60 && period % 60 === 0)) return;
  throw refuse('Period must be 1, 5, 10, 20, 30 or a multiple of 60');
};

/** The series of one statistic of one metric. */
const metricSeries = (
  store: MetricStore,
  { Metric, Stat = '', Period = 60, Unit }: MetricStat,
  times: readonly number[],
): Series => {
  const { Namespace = '', MetricName = '', Dimensions = [] } = Metric ?? {};
  const metric = store.find({ Namespace, MetricName, Dimensions });
  if (!metric || (Unit && !metric.units.has(Unit))) return new Map();
  const read = statistic(Stat);
  return seriesOf(times, (time) => {
    const bucket = bucketBetween(metric, time, time + Period * 1000);
    return bucket && read(bucket);
  });
};

const sourceOf = ({ Id, MetricStat, Expression: text }: MetricDataQuery): Source => {
  if (MetricStat && !text) {
    statistic(MetricStat.Stat ?? '');
    checkPeriod(MetricStat.Period);
    return { kind: 'metric', metric: MetricStat };
  }
  if (!text || MetricStat) {
    throw refuse(`Exactly one of MetricStat and Expression must be given for ${Id}.`);
  }
  try {
    return { kind: 'expression', expression: parseExpression(text), text };
  } catch (error) {
    throw refuse(`Error in expression '${Id}': ${(error as Error).message}`);
  }
};

/** Checks queries. Throws ValidationError: ids, periods, syntax, unknown ids, circles. */
export const prepareQueries = (queries: readonly MetricDataQuery[]): Queries => {
  const sources = new Map<string, Source>();
  for (const query of queries) {
    const { Id = '' } = query;
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(Id)) {
      throw refuse(
        `The value ${Id} for parameter Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    }
    if (sources.has(Id)) throw refuse(`The id ${Id} is used more than once.`);
    sources.set(Id, sourceOf(query));
  }

  const find = (id: string): Source => {
    const source = sources.get(id);
    if (source) return source;
    throw refuse(`Unknown metric or expression id: ${id}`);
  };

  const metricsOf = (id: string, path: readonly string[] = []): MetricStat[] => {
    if (path.includes(id)) throw refuse(`Circular reference: ${[...path, id].join(' -> ')}`);
    const source = find(id);
    if (source.kind === 'metric') return [source.metric];
    return idsOf(source.expression).flatMap((used) => metricsOf(used, [...path, id]));
  };

  const periods = new Map<string, number>();
  for (const id of sources.keys()) {
    const metrics = metricsOf(id);
    if (metrics.length === 0) throw refuse(`The expression ${id} must be based on a metric.`);
    periods.set(id, Math.max(...metrics.map(({ Period = 60 }) => Period)));
  }
  const periodOf = (id: string) => periods.get(id) ?? 60;

  const result: Queries = {
    ids: [...sources.keys()],
    periodOf,
    seriesOf: (id, store, times) => {
      const known = new Map<string, Value>();
      const read = (wanted: string): Value => {
        const found = known.get(wanted);
        if (found !== undefined) return found;
        const source = find(wanted);
        const starts = times(periodOf(wanted));
        const scope: Scope = { read, periodOf, times: starts };
        const value =
          source.kind === 'metric'
            ? metricSeries(store, source.metric, starts)
            : evaluate(source.expression, scope);
        known.set(wanted, value);
        return value;
      };
      try {
        const value = read(id);
        if (isSeries(value)) return value;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw refuse(`Error in expression '${id}': ${error.message}`);
      }
      throw refuse(`Error in expression '${id}': the expression must give one time series`);
    },
  };
  return result;
};

/** Tries every query on no data at all, so that errors show when an alarm is made and not when it is evaluated. */
export const tryQueries = (queries: Queries, store: MetricStore): void => {
  for (const id of queries.ids) queries.seriesOf(id, store, () => []);
};
