/** Healthy traces drawn at random from the good ones of a file: both sides get the same share of failures and the same latency. */
import type { Trace } from '../../../backtest/trace.ts';

/** Bins on each side over which shares are smoothed. */
const AROUND = 10;

/** A count of Poisson's distribution (Knuth; in pieces, since e^-mean must not vanish). */
const poisson = (mean: number, random: () => number): number => {
  let count = 0;
  for (let rest = mean; rest > 0; rest -= 30) {
    const limit = Math.exp(-Math.min(rest, 30));
    for (let product = random(); product > limit; product *= random()) count += 1;
  }
  return count;
};

const binomial = (trials: number, share: number, random: () => number): number => {
  let count = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random() < share) count += 1;
  return count;
};

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

const around = (values: readonly number[], index: number, width = AROUND): readonly number[] =>
  values.slice(Math.max(0, index - width), index + width + 1);

/** Mean of the values near each index. */
const smooth = (values: readonly number[]): readonly number[] =>
  values.map((_, index) => {
    const near = around(values, index);
    return sum(near) / near.length;
  });

const BUCKETS = 28;

const dense = ([first = 0, ...counts]: readonly number[]): readonly number[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => counts[bucket - first] ?? 0);

const sparse = (counts: readonly number[]): number[] => {
  const first = counts.findIndex((count) => count > 0);
  return first < 0 ? [] : [first, ...counts.slice(first)];
};

const addUp = (histograms: readonly (readonly number[])[]): readonly number[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => sum(histograms.map((one) => one[bucket]!)));

/** So many requests, distributed as a histogram. */
const draw = (histogram: readonly number[], requests: number, random: () => number): number[] => {
  const total = sum(histogram);
  const drawn = new Array<number>(BUCKETS).fill(0);
  for (let request = 0; request < requests && total > 0; request += 1) {
    let at = random() * total;
    const bucket = histogram.findIndex((count) => {
      at -= count;
      return at < 0;
    });
    drawn[bucket < 0 ? BUCKETS - 1 : bucket]! += 1;
  }
  return sparse(drawn);
};

/** What a side fails of its requests in each bin, out of several traces of the same kind. */
const shareOf = (traces: readonly Trace[], side: 'blue' | 'green' | 'both') => {
  const [first] = traces as [Trace];
  const of = (trace: Trace, blue: 'nb' | 'eb', green: 'nc' | 'ec') =>
    trace[blue].map(
      (count, i) => (side === 'green' ? 0 : count) + (side === 'blue' ? 0 : trace[green][i]!),
    );
  const pooled = (blue: 'nb' | 'eb', green: 'nc' | 'ec') =>
    first.nb.map((_, i) => sum(traces.map((trace) => of(trace, blue, green)[i]!)));
  const [requests, errors] = [pooled('nb', 'nc'), pooled('eb', 'ec')];
  const width = side === 'green' ? 2 : AROUND;
  return requests.map(
    (_, i) => sum(around(errors, i, width)) / Math.max(1, sum(around(requests, i, width))),
  );
};

const latencyOf = (traces: readonly Trace[], side: 'hb' | 'hc') =>
  (traces[0]!.hb ?? []).map((_, index) =>
    addUp(traces.map((trace) => dense(trace[side]?.[index] ?? []))),
  );

/** What healthy releases of a kind are like. */
export interface Kind {
  readonly traces: readonly Trace[];
  /** Whether green starts cold: then its failures and its latency are its own, over the traces of the kind. */
  readonly isCold: boolean;
}

/** Makes a source of healthy traces of a kind. */
export const healthySource = ({ traces, isCold }: Kind, random: () => number): (() => Trace) => {
  const [first] = traces as [Trace];
  const blueShare = shareOf(traces, isCold ? 'blue' : 'both');
  const greenShare = isCold ? shareOf(traces, 'green') : blueShare;
  const blueLatency = latencyOf(traces, 'hb');
  const greenLatency = isCold ? latencyOf(traces, 'hc') : blueLatency;
  const [blueRate, greenRate] = [smooth(first.nb), smooth(first.nc)];
  const perLatency = blueLatency.length > 0 ? first.nb.length / blueLatency.length : 1;
  return () => {
    const nb = blueRate.map((rate) => poisson(rate, random));
    const nc = greenRate.map((rate) => poisson(rate, random));
    const timed = (requests: readonly number[], latency: readonly (readonly number[])[]) =>
      latency.map((histogram, i) =>
        draw(histogram, sum(requests.slice(i * perLatency, (i + 1) * perLatency)), random),
      );
    return {
      ...{ nb, nc },
      eb: nb.map((requests, i) => binomial(requests, blueShare[i]!, random)),
      ec: nc.map((requests, i) => binomial(requests, greenShare[i]!, random)),
      hb: timed(nb, blueLatency),
      hc: timed(nc, greenLatency),
      pre: first.pre,
    };
  };
};
