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

/** Lengths of bins, in seconds. */
export interface Lengths {
  readonly counts: number;
  readonly latency: number;
}

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
  seconds: number,
): Tally['slow'] => {
  const marks = marksOf(pre);
  const rows = hc.map((histogram, index) => {
    const [green, blue] = [slowIn(histogram, marks), slowIn(hb[index] ?? [], marks)];
    return [index, green.requests, blue.requests, ...green.slow, ...blue.slow];
  });
  return { seconds, marks: marks.length, rows };
};

/** What was counted of a trace, by distinct clients where they are known. */
export const tallyOf = (trace: Trace, { counts, latency }: Lengths): Tally => ({
  errors: errorsOf(trace, counts),
  ...(trace.pre && trace.hc ? { slow: slowOf(trace, trace.pre, latency) } : {}),
});
