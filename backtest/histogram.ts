/** Latency histograms of trace files: `[index of the first bucket, counts …]`, nothing where there were no requests. */

/** Quantiles of blue before the release that count as slow. */
export const MARKS = [0.5, 0.9, 0.99] as const;

const countsFrom = (histogram: readonly number[], bucket: number): number => {
  const [first = 0, ...counts] = histogram;
  return counts.slice(Math.max(0, bucket - first)).reduce((sum, count) => sum + count, 0);
};

/** Bucket above which requests are slower than each mark: the first by which that share of all was answered before. */
export const marksOf = (before: readonly number[]): readonly number[] => {
  const all = before.reduce((sum, count) => sum + count, 0);
  return MARKS.map((mark) => {
    let sum = 0;
    return before.findIndex((count) => {
      sum += count;
      return sum >= mark * all;
    });
  });
};

/** Requests in a histogram, and how many were slower than each mark. */
export const slowIn = (histogram: readonly number[], marks: readonly number[]) => ({
  requests: countsFrom(histogram, 0),
  slow: marks.map((bucket) => countsFrom(histogram, bucket + 1)),
});
