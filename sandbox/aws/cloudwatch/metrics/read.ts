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
/** `RecentlyActive: PT3H`, in milliseconds. */
const RECENT = 3 * 3_600_000;

const periodStarts = (start: Date | undefined, end: Date | undefined, period: number): number[] => {
  const step = period * 1000;
  const first = Math.floor((start?.getTime() ?? 0) / step) * step;
  const last = end?.getTime() ?? 0;
  const count = Math.max(0, Math.ceil((last - first) / step));
  return Array.from({ length: count }, (_, index) => first + index * step);
};

const checkTimes = (start: Date | undefined, end: Date | undefined) => {
  if (start && end && start < end) return;
  throw new AwsError(
    'InvalidParameterValueException',
    'The parameter StartTime must be less than the parameter EndTime.',
  );
};

const getMetricData =
  (store: (region: string) => MetricStore): Operation =>
  (input: GetMetricDataInput, { region }: Caller) => {
    const { MetricDataQueries = [], StartTime, EndTime, ScanBy } = input;
    checkTimes(StartTime, EndTime);
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
          periodStarts(StartTime, EndTime, period),
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
  (store: (region: string) => MetricStore): Operation =>
  (input: GetMetricStatisticsInput, { region }: Caller) => {
    const { Namespace = '', MetricName = '', Dimensions = [], StartTime, EndTime, Unit } = input;
    const { Statistics = [], ExtendedStatistics = [], Period = 60 } = input;
    checkTimes(StartTime, EndTime);
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
    const starts = periodStarts(StartTime, EndTime, Period);
    if (starts.length > MOST_POINTS) {
      throw new AwsError(
        'InvalidParameterCombinationException',
        `You have requested up to ${starts.length} datapoints, which exceeds the limit of ${MOST_POINTS}.`,
      );
    }
    const metric = store(region).find({ Namespace, MetricName, Dimensions });
    if (!metric || (Unit && !metric.units.has(Unit))) return { Label: MetricName, Datapoints: [] };
    const [unit] = Unit ? [Unit] : metric.units;
    const points = starts.flatMap((start) => {
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
  GetMetricData: getMetricData(store),
  GetMetricStatistics: getMetricStatistics(store),
  ListMetrics: listMetrics(cloud, store),
});
