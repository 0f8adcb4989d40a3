/** All metric data of one Region, in memory: cheap to write, bounded by age. */
import type { Dimension } from '@aws-sdk/client-cloudwatch';
import { type Bucket, emptyBucket, mergeBuckets } from './bucket.ts';

/** Seconds of an interval: 1 for high resolution, 60 for all other data. */
type Resolution = 1 | 60;

/** Milliseconds of service time that data are kept. AWS keeps them longer; a rehearsal does not need it. */
const KEPT: Readonly<Record<Resolution, number>> = { 1: 3 * 3_600_000, 60: 6 * 3_600_000 };

/** Milliseconds between two looks for data that are too old. */
const CLEANING = 600_000;

/** What names a metric. */
interface MetricName {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly Dimension[];
}

/** What CloudWatch has of an interval, and the service time in milliseconds from which on it can be read. */
interface Arriving {
  readonly bucket: Bucket;
  readonly arrives: number;
}

/** One metric with its data by the start of the interval, in milliseconds. */
export interface Series extends MetricName {
  /** Service time in milliseconds. */
  readonly now: () => number;
  readonly units: Set<string>;
  readonly buckets: Readonly<Record<Resolution, Map<number, Arriving>>>;
  lastPut: number;
  cleanAt: number;
}

/** The metrics of a Region. */
export interface MetricStore {
  /**
   * The bucket that a value of `time` belongs to; made where there is none yet. `delay` gives the milliseconds after the
   * end of its interval until it can be read; left out: at once.
   */
  bucket(
    metric: MetricName,
    time: number,
    resolution: Resolution,
    unit: string,
    delay?: () => number,
  ): Bucket;
  find(metric: MetricName): Series | undefined;
  all(): readonly Series[];
}

/** Text that is the same for the same dimensions in any order. */
export const dimensionKey = (dimensions: readonly Dimension[] = []): string =>
  dimensions.length === 0
    ? ''
    : dimensions
        .map(({ Name, Value }) => `${Name}\n${Value}`)
        .sort()
        .join('\n\n');

const keyOf = ({ Namespace, MetricName, Dimensions }: MetricName) =>
  `${Namespace}\n${MetricName}\n\n${dimensionKey(Dimensions)}`;

const clean = (series: Series, now: number) => {
  series.cleanAt = now + CLEANING;
  for (const resolution of [1, 60] as const) {
    const oldest = now - KEPT[resolution];
    const buckets = series.buckets[resolution];
    for (const start of buckets.keys()) if (start < oldest) buckets.delete(start);
  }
};

/** No data yet. `now` is service time. */
export const metricStore = (now: () => number): MetricStore => {
  const known = new Map<string, Series>();

  const seriesOf = (metric: MetricName) => {
    const key = keyOf(metric);
    const found = known.get(key);
    if (found) return found;
    const fresh: Series = {
      ...metric,
      now,
      units: new Set(),
      buckets: { 1: new Map(), 60: new Map() },
      lastPut: now(),
      cleanAt: now() + CLEANING,
    };
    known.set(key, fresh);
    return fresh;
  };

  return {
    bucket: (metric, time, resolution, unit, delay) => {
      const series = seriesOf(metric);
      series.lastPut = now();
      series.units.add(unit);
      if (series.lastPut >= series.cleanAt) clean(series, series.lastPut);
      const buckets = series.buckets[resolution];
      const length = resolution * 1000;
      const start = time - (time % length);
      const found = buckets.get(start);
      if (found) return found.bucket;
      const bucket = emptyBucket();
      buckets.set(start, { bucket, arrives: delay ? start + length + delay() : 0 });
      return bucket;
    },
    find: (metric) => known.get(keyOf(metric)),
    all: () => [...known.values()],
  };
};

/** Everything from `start` (included) to `end` (excluded), both in milliseconds, that has arrived. */
export const bucketBetween = (
  { buckets, now }: Series,
  start: number,
  end: number,
): Bucket | undefined => {
  const found: Bucket[] = [];
  for (const resolution of [60, 1] as const) {
    const step = resolution * 1000;
    if (buckets[resolution].size === 0) continue;
    for (let time = Math.ceil(start / step) * step; time < end; time += step) {
      const known = buckets[resolution].get(time);
      if (known && known.arrives <= now()) found.push(known.bucket);
    }
  }
  return mergeBuckets(found);
};
