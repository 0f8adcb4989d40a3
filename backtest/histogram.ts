/** Latency histograms of trace files: `[index of the first bucket, counts …]`, nothing where there were no requests. */

import { type Slower, worseThan } from '../core/judge/slow-thresholds.ts';
import { JudgeSettings } from '../core/release/judge-settings.ts';

/** Quantiles of blue before the release that count as slow. */
export const MARKS = [0.5, 0.9, 0.99] as const;

/** By how much green may be slower where nobody says otherwise. */
export const DEFAULT_SLOWER: Slower = JudgeSettings.parse({});

const countsFrom = (histogram: readonly number[], bucket: number): number => {
  const [first = 0, ...counts] = histogram;
  return counts.slice(Math.max(0, bucket - first)).reduce((sum, count) => sum + count, 0);
};

/** Indexes of the buckets above which requests of each side are slow. */
export interface BucketMark {
  readonly blue: number;
  readonly green: number;
}

/** The bucket by which that share of all requests was answered. */
const bucketOf = (before: readonly number[], share: number): number => {
  const all = before.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  return before.findIndex((count) => {
    sum += count;
    return sum >= share * all;
  });
};

/** Edges in files are rounded: to so small a part they are equal. */
const ROUNDED = 1e-5;

/**
 * The pair of buckets for a quantile of blue that is in this bucket. Green's edge is the first that is worse than blue's
 * by as much as the policy names; blue's is then the last of which that is still true, so that no more is forgiven than
 * the buckets make necessary.
 */
const pairAt = (bucket: number, edges: readonly number[], slower: Slower): BucketMark => {
  const edgeOf = (index: number): number => edges[index] ?? Number.POSITIVE_INFINITY;
  const isWorse = (green: number, blue: number) =>
    edgeOf(green) * (1 + ROUNDED) >= worseThan(edgeOf(blue), slower);
  const buckets = Array.from({ length: edges.length + 1 }, (_, index) => index);
  const green = buckets.find((index) => index >= bucket && isWorse(index, bucket))!;
  const blue = buckets.findLast(
    (index) => index === bucket || (index > bucket && index <= green && isWorse(green, index)),
  )!;
  return { blue, green };
};

/**
 * The buckets above which requests count as slow, by blue's latency before the release. `edges` are the upper edges of
 * the buckets in milliseconds; where a file names none, green is slow in any bucket above the one of blue's quantile.
 */
export const marksOf = (
  before: readonly number[],
  edges: readonly number[] | undefined,
  slower: Slower = DEFAULT_SLOWER,
): readonly BucketMark[] =>
  MARKS.map((share) => {
    const bucket = bucketOf(before, share);
    return edges ? pairAt(bucket, edges, slower) : { blue: bucket, green: bucket };
  });

/** Requests in a histogram, and how many were in buckets above each of these. */
export const slowIn = (histogram: readonly number[], buckets: readonly number[]) => ({
  requests: countsFrom(histogram, 0),
  slow: buckets.map((bucket) => countsFrom(histogram, bucket + 1)),
});
