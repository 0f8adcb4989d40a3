/** Whether green of a kind of traces is slower than blue by as much as counts, read from the traces and not from the judge. */
import type { Past } from '../../../backtest/file.ts';
import { DEFAULT_SLOWER, MARKS } from '../../../backtest/histogram.ts';
import { DEFAULT_PARAMETERS } from '../../../core/analysis/default-parameters.ts';
import { worseThan } from '../../../core/judge/slow-thresholds.ts';

/** Requests in each bucket of several histograms `[index of the first bucket, counts …]`. */
const summed = (histograms: readonly (readonly number[])[], buckets: number): readonly number[] => {
  const sum = new Array<number>(buckets).fill(0);
  for (const [first = 0, ...counts] of histograms)
    for (const [index, count] of counts.entries()) sum[first + index]! += count;
  return sum;
};

/** Share of requests that took longer than so many milliseconds; inside a bucket they are spread evenly. */
const shareAbove = (counts: readonly number[], edges: readonly number[], at: number): number => {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const above = counts.reduce((sum, count, index) => {
    const [from, to] = [edges[index - 1] ?? 0, edges[index] ?? Number.POSITIVE_INFINITY];
    if (at <= from) return sum + count;
    return at >= to || to === Number.POSITIVE_INFINITY
      ? sum
      : sum + (count * (to - at)) / (to - from);
  }, 0);
  return above / Math.max(1, all);
};

/** The latency that a share of requests took longer than, found by halving. */
const quantileOf = (counts: readonly number[], edges: readonly number[], mark: number): number => {
  let [low, high] = [0, edges.at(-1)!];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (shareAbove(counts, edges, middle) > 1 - mark) low = middle;
    else high = middle;
  }
  return high;
};

const oddsOf = (share: number): number => share / (1 - share);

/**
 * Whether green's latency is above the margin: at a quantile of blue, more of green's answers are slower by the share and
 * the amount of the default policy than the margin of odds allows. Undefined where traces have no latency.
 */
export const isAboveMargin = (pasts: readonly Past[]): boolean | undefined => {
  const edges = pasts[0]?.lengths.edges;
  if (!edges || pasts.some(({ trace }) => !trace.hb || !trace.hc)) return undefined;
  const side = (name: 'hb' | 'hc') =>
    summed(
      pasts.flatMap(({ trace }) => trace[name]!),
      edges.length + 1,
    );
  const [blue, green] = [side('hb'), side('hc')];
  return MARKS.some((mark) => {
    const worse = worseThan(quantileOf(blue, edges, mark), DEFAULT_SLOWER);
    return (
      oddsOf(shareAbove(green, edges, worse)) > DEFAULT_PARAMETERS.prior.margin * oddsOf(1 - mark)
    );
  });
};
