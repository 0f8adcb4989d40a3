/** What CloudWatch keeps of the values of one metric within one interval. */

/** Sums of an interval, and how often each value was seen; without `values` percentiles are unknown. */
export interface Bucket {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  values: Map<number, number> | undefined;
}

/** Values that are kept exactly in one bucket; beyond it, to three significant digits (an error below 0.5 %). */
const EXACT_VALUES = 2_000;

const rounded = (value: number) => Number(value.toPrecision(3));

/** A bucket without values. */
export const emptyBucket = (): Bucket => ({
  count: 0,
  sum: 0,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
  values: new Map(),
});

const keep = (bucket: Bucket, value: number, times: number) => {
  const { values } = bucket;
  if (!values) return;
  if (values.size < EXACT_VALUES || values.has(value)) {
    values.set(value, (values.get(value) ?? 0) + times);
    return;
  }
  const coarse = new Map<number, number>();
  for (const [exact, seen] of [...values, [value, times] as const]) {
    coarse.set(rounded(exact), (coarse.get(rounded(exact)) ?? 0) + seen);
  }
  bucket.values = coarse;
};

/** Adds one value that was seen `times` times. */
export const addValue = (bucket: Bucket, value: number, times = 1): void => {
  bucket.count += times;
  bucket.sum += value * times;
  bucket.minimum = Math.min(bucket.minimum, value);
  bucket.maximum = Math.max(bucket.maximum, value);
  keep(bucket, value, times);
};

/** Adds a statistic set; its values are known only if they are all the same. */
export const addStatistics = (
  bucket: Bucket,
  set: { count: number; sum: number; minimum: number; maximum: number },
): void => {
  if (set.minimum === set.maximum) {
    addValue(bucket, set.minimum, set.count);
    return;
  }
  bucket.count += set.count;
  bucket.sum += set.sum;
  bucket.minimum = Math.min(bucket.minimum, set.minimum);
  bucket.maximum = Math.max(bucket.maximum, set.maximum);
  bucket.values = undefined;
};

/** One bucket for a longer interval; `undefined` if none has values. */
export const mergeBuckets = (buckets: readonly Bucket[]): Bucket | undefined => {
  if (buckets.length < 2) return buckets[0];
  const merged = emptyBucket();
  for (const bucket of buckets) {
    merged.count += bucket.count;
    merged.sum += bucket.sum;
    merged.minimum = Math.min(merged.minimum, bucket.minimum);
    merged.maximum = Math.max(merged.maximum, bucket.maximum);
    if (!bucket.values) merged.values = undefined;
    for (const [value, times] of bucket.values ?? []) {
      merged.values?.set(value, (merged.values.get(value) ?? 0) + times);
    }
  }
  return merged;
};
