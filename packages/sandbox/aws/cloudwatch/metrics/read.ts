/** GetMetricData, GetMetricStatistics and ListMetrics. */
import type {
  GetMetricDataInput,
  GetMetricStatisticsInput,
  ListMetricsInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../../cloud.ts';
import { nextOf, page, windowOf } from '../../../paging.ts';
import { outsideOf } from '../../../value-set.ts';
import { dataPaging, metricPaging } from '../paging.ts';
import { checkPeriod, prepareQueries } from './queries.ts';
import { statistic } from './statistic.ts';
import { bucketBetween, type MetricStore } from './store.ts';
import { UNITS } from './units.ts';

/** AWS's limits: queries of a call, points of a GetMetricStatistics answer. */
const MOST_QUERIES = 500;
const MOST_POINTS = 1_440;
const HOUR = 3_600_000;
/** `RecentlyActive: PT3H`, in milliseconds. */
const RECENT = 3 * HOUR;

/** How long CloudWatch keeps the points of a period from so many seconds on, in milliseconds; the longest first. */
const KEPT: readonly (readonly [period: number, milliseconds: number])[] = [
  [3_600, 455 * 24 * HOUR],
  [300, 63 * 24 * HOUR],
  [60, 15 * 24 * HOUR],
  [1, 3 * HOUR],
];
/** A point may be put this long before its time. */
const AHEAD = 2 * HOUR;

const firstOf = (start: number, step: number) => Math.floor(start / step) * step;

const countOf = (start: number, end: number, step: number) =>
  Math.max(0, Math.ceil((end - firstOf(start, step)) / step));

/** Starts of the periods between two moments of which there may be points at `now`. */
const periodStarts = (start: Date, end: Date, period: number, now: number): number[] => {
  const step = period * 1000;
  const [, kept = 0] = KEPT.find(([from]) => period >= from) ?? [];
  const from = Math.max(start.getTime(), now - kept);
  const first = firstOf(from, step);
  const count = countOf(from, Math.min(end.getTime(), now + AHEAD), step);
  return Array.from({ length: count }, (_, index) => first + index * step);
};

const timesOf = ({
  StartTime: start,
  EndTime: end,
}: {
  StartTime: Date | undefined;
  EndTime: Date | undefined;
}): readonly [start: Date, end: Date] => {
  if (start && end && start < end) return [start, end];
  throw new AwsError(
    'InvalidParameterValueException',
    'The parameter StartTime must be less than the parameter EndTime.',
  );
};

const getMetricData =
  ({ clock }: Cloud, store: (region: string) => MetricStore): Operation =>
  (input: GetMetricDataInput, { region }: Caller) => {
    const { MetricDataQueries = [], ScanBy } = input;
    const [from, to] = timesOf(input);
    if (MetricDataQueries.length > MOST_QUERIES) {
      throw new AwsError(
        'ValidationError',
        `The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`,
      );
    }
    const queries = prepareQueries(MetricDataQueries);
    const { start, size } = windowOf(dataPaging, input);
    const end = start + size;
    let told = 0;
    const results = MetricDataQueries.filter(({ ReturnData }) => ReturnData !== false).flatMap(
      ({ Id = '', Label, MetricStat }) => {
        const series = queries.seriesOf(Id, store(region), (period) =>
          periodStarts(from, to, period, clock.now()),
        );
        const points = [...series].sort(([a], [b]) => a - b);
        if (ScanBy !== 'TimestampAscending') points.reverse();
        const before = told;
        told += points.length;
        // A page goes on where the last one ended: in the middle of a query, or with the next one.
        if (start > 0 && told <= start) return [];
        const shown = points.slice(Math.max(0, start - before), Math.max(0, end - before));
        return {
          Id,
          Label: Label ?? MetricStat?.Metric?.MetricName ?? Id,
          Timestamps: shown.map(([time]) => new Date(time)),
          Values: shown.map(([, value]) => value),
          StatusCode: told <= end ? 'Complete' : 'PartialData',
        };
      },
    );
    return { MetricDataResults: results, Messages: [], ...nextOf(dataPaging, end, told) };
  };

const getMetricStatistics =
  ({ clock }: Cloud, store: (region: string) => MetricStore): Operation =>
  (input: GetMetricStatisticsInput, { region }: Caller) => {
    const { Namespace = '', MetricName = '', Dimensions = [], Unit } = input;
    const { Statistics = [], ExtendedStatistics = [], Period = 60 } = input;
    const [from, to] = timesOf(input);
    if (Statistics.length + ExtendedStatistics.length === 0) {
      throw new AwsError(
        'InvalidParameterCombinationException',
        'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
      );
    }
    checkPeriod(Period);
    const complaint = outsideOf(UNITS, 'unit', Unit);
    if (complaint) throw new AwsError('ValidationError', complaint);
    const plain = Statistics.map((name) => [name, statistic(name)] as const);
    const extended = ExtendedStatistics.map((name) => [name, statistic(name)] as const);
    const count = countOf(from.getTime(), to.getTime(), Period * 1000);
    if (count > MOST_POINTS) {
      throw new AwsError(
        'InvalidParameterCombinationException',
        `You have requested up to ${count} datapoints, which exceeds the limit of ${MOST_POINTS}.`,
      );
    }
    const metric = store(region).find({ Namespace, MetricName, Dimensions });
    if (!metric || (Unit && !metric.units.has(Unit))) return { Label: MetricName, Datapoints: [] };
    const [unit] = Unit ? [Unit] : metric.units;
    const points = periodStarts(from, to, Period, clock.now()).flatMap((start) => {
      const bucket = bucketBetween(metric, start, start + Period * 1000);
      if (!bucket) return [];
      return {
        Timestamp: new Date(start),
        Unit: unit,
        ...Object.fromEntries(plain.map(([name, read]) => [name, read(bucket)])),
        ...(extended.length > 0 && {
          ExtendedStatistics: Object.fromEntries(
            extended.map(([name, read]) => [name, read(bucket)]),
          ),
        }),
      };
    });
    return { Label: MetricName, Datapoints: points };
  };

const listMetrics =
  (cloud: Cloud, store: (region: string) => MetricStore): Operation =>
  (input: ListMetricsInput, { region }: Caller) => {
    const { Namespace, MetricName, Dimensions = [], RecentlyActive } = input;
    const found = store(region)
      .all()
      .filter(
        (metric) =>
          (!Namespace || metric.Namespace === Namespace) &&
          (!MetricName || metric.MetricName === MetricName) &&
          (!RecentlyActive || metric.lastPut >= cloud.clock.now() - RECENT) &&
          Dimensions.every(({ Name, Value }) =>
            metric.Dimensions.some(
              (dimension) =>
                dimension.Name === Name && (Value === undefined || dimension.Value === Value),
            ),
          ),
      );
    const { items, next } = page(metricPaging, found, input);
    const Metrics = items.map((metric) => ({
      Namespace: metric.Namespace,
      MetricName: metric.MetricName,
      Dimensions: [...metric.Dimensions],
    }));
    return { Metrics, ...next };
  };

/** The three operations. */
export const readOperations = (
  cloud: Cloud,
  store: (region: string) => MetricStore,
): Record<string, Operation> => ({
  GetMetricData: getMetricData(cloud, store),
  GetMetricStatistics: getMetricStatistics(cloud, store),
  ListMetrics: listMetrics(cloud, store),
});
