/** Traces of releases in files, one JSON object a line (analysis benchmark): counts for every bin of both sides. */
import * as z from 'zod/mini';
import type { Series, Tally } from '../core/analysis/tally.ts';
import { MARKS, marksOf, slowIn } from './histogram.ts';

const Counts = z.array(z.number().check(z.nonnegative()));
const Histograms = z.array(Counts);

/** One release: requests and errors by blue (b) and green (c). */
export const Trace = z.object({
  nb: Counts,
  nc: Counts,
  eb: Counts,
  ec: Counts,
  /** The same by distinct clients, where they are known. */
  nbu: z.optional(Counts),
  ncu: z.optional(Counts),
  ebu: z.optional(Counts),
  ecu: z.optional(Counts),
  /** Latency, for bins of their own length. */
  hb: z.optional(Histograms),
  hc: z.optional(Histograms),
  /** Latency of blue before the release. */
  pre: z.optional(Counts),
});
export type Trace = z.infer<typeof Trace>;

/** How a file counts: lengths of bins in seconds, and the buckets of its histograms. */
export interface Lengths {
  readonly counts: number;
  readonly latency: number;
  /** Upper edges of the latency buckets in milliseconds, the last bucket having none. */
  readonly edges?: readonly number[] | undefined;
}

/** Requests with the failures among them, of each side: all of them, and by distinct clients. */
const PAIRS = [
  { side: 'blue', requests: 'nb', failures: 'eb' },
  { side: 'green', requests: 'nc', failures: 'ec' },
  { side: 'blue', requests: 'nbu', failures: 'ebu' },
  { side: 'green', requests: 'ncu', failures: 'ecu' },
] as const;

/** A sentence on what cannot be in a trace, and what to do about it; undefined where nothing is wrong. */
export const impossibleIn = (trace: Trace): string | undefined => {
  const bins = trace.nc.length;
  for (const { side, ...names } of PAIRS) {
    const [requests, failures] = [trace[names.requests], trace[names.failures]];
    for (const name of [names.requests, names.failures])
      if (trace[name] && trace[name].length !== bins)
        return `${name} has ${trace[name].length} bins, nc has ${bins}: give every list a count for each bin`;
    const row = failures?.findIndex((count, bin) => requests && count > requests[bin]!) ?? -1;
    if (row >= 0)
      return `row ${row + 1} has more errors of ${side} than requests (${names.failures} ${failures![row]}, ${names.requests} ${requests![row]}): count every failed request in ${names.requests} as well`;
  }
  return undefined;
};

/** How many marks of slowness a trace has. */
export const marksOfTrace = ({ pre, hc }: Trace): number => (pre && hc ? MARKS.length : 0);

const errorsOf = ({ nb, nc, eb, ec, ...clients }: Trace, seconds: number): Series => {
  const { nbu = nb, ncu = nc, ebu = eb, ecu = ec } = clients;
  const rows = ncu.map((green, index) => [
    ...[index, green, nbu[index] ?? 0],
    ...[ecu[index] ?? 0, ebu[index] ?? 0],
  ]);
  return { seconds, rows };
};

const slowOf = (
  { hb = [], hc = [] }: Trace,
  pre: readonly number[],
  { latency, edges }: Lengths,
): Tally['slow'] => {
  const marks = marksOf(pre, edges);
  const [ofGreen, ofBlue] = [marks.map(({ green }) => green), marks.map(({ blue }) => blue)];
  const rows = hc.map((histogram, index) => {
    const [green, blue] = [slowIn(histogram, ofGreen), slowIn(hb[index] ?? [], ofBlue)];
    return [index, green.requests, blue.requests, ...green.slow, ...blue.slow];
  });
  return { seconds: latency, marks: marks.length, rows };
};

/** What was counted of a trace, by distinct clients where they are known. */
export const tallyOf = (trace: Trace, lengths: Lengths): Tally => ({
  errors: errorsOf(trace, lengths.counts),
  ...(trace.pre && trace.hc ? { slow: slowOf(trace, trace.pre, lengths) } : {}),
});
