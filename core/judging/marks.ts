/** From which latency on a request counts as slow: quantiles of blue before the release, so that green has no say in it. */

/** Values by the start of their period in milliseconds since 1970. */
export type Points = ReadonlyMap<number, number>;

/** The quantiles, as CloudWatch's statistics. */
export const QUANTILES = ['p50', 'p90', 'p99'] as const;

/** Requests before the release that make a mark worth something. */
const FEWEST = 100;

/** Minutes before the release that are asked for. */
export const MINUTES_BEFORE = 60;

/** The value that half of the weight is not above. */
const weightedMedian = (values: readonly (readonly [value: number, weight: number])[]): number => {
  const sorted = [...values].sort(([a], [b]) => a - b);
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let sum = 0;
  return sorted.find(([, weight]) => {
    sum += weight;
    return sum >= half;
  })![0];
};

/**
 * Marks out of the quantiles of each period before the release: their medians, weighted by requests. Any mark that is
 * fixed before green has users is as valid as any other; these are where blue's latency is. Empty when there were too
 * few requests.
 */
export const marksOf = (samples: Points, quantiles: readonly Points[]): readonly number[] => {
  const all = [...samples.values()].reduce((sum, count) => sum + count, 0);
  if (all < FEWEST) return [];
  const marks = quantiles.flatMap((points) => {
    const weighted = [...points].map(([time, value]) => [value, samples.get(time) ?? 0] as const);
    return weighted.length === 0 ? [] : [Number(weightedMedian(weighted).toPrecision(6))];
  });
  return [...new Set(marks)].sort((a, b) => a - b);
};
