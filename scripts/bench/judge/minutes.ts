/** Traces as CloudWatch would have them of a load balancer: figures of every minute. */
import type { Past } from '../../../backtest/file.ts';
import type { Trace } from '../../../backtest/trace.ts';

const MINUTE = 60;

const grouped = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.floor(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  );

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

/** Several histograms as one: `[index of the first bucket, counts …]`. */
const merged = (histograms: readonly (readonly number[])[]): number[] => {
  const counts: number[] = [];
  for (const [first = 0, ...own] of histograms)
    for (const [i, count] of own.entries()) counts[first + i] = (counts[first + i] ?? 0) + count;
  return [0, ...Array.from(counts, (count) => count ?? 0)];
};

const countsOf = ({ nb, nc, eb, ec, ...rest }: Trace, seconds: number) => {
  const { nbu = nb, ncu = nc, ebu = eb, ecu = ec } = rest;
  const minutes = (counts: readonly number[]) => grouped(counts, MINUTE / seconds).map(sum);
  return { nb: minutes(nbu), nc: minutes(ncu), eb: minutes(ebu), ec: minutes(ecu) };
};

/** Counts and latency of every minute. */
export const inMinutes = ({ trace, lengths, ...past }: Past): Past => {
  const { pre, hb, hc } = trace;
  const minutes = (all: readonly number[][]) => grouped(all, MINUTE / lengths.latency).map(merged);
  return {
    ...past,
    trace: {
      ...countsOf(trace, lengths.counts),
      ...(pre && hb && hc ? { pre, hb: minutes(hb), hc: minutes(hc) } : {}),
    },
    lengths: { ...lengths, counts: MINUTE, latency: MINUTE },
  };
};

/** Counts of every minute, and nothing of latency. */
export const countsOnly = ({ trace, lengths, ...past }: Past): Past => ({
  ...past,
  trace: countsOf(trace, lengths.counts),
  lengths: { counts: MINUTE, latency: MINUTE },
});

/** Counts as fine as they are, and nothing of latency. */
export const secondsOnly = ({ trace, ...past }: Past): Past => {
  const { pre: _pre, hb: _hb, hc: _hc, ...counts } = trace;
  return { ...past, trace: counts };
};
