/** Traces of releases in files, one JSON object a line (analysis benchmark): counts for every bin of both sides. */
import * as z from 'zod/mini';
import type { Bin } from '../core/analysis/bin.ts';
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

/** All bins of a trace. */
export const binsOf = (trace: Trace, { counts, latency }: Lengths): readonly Bin[] => {
  const { nb, nc, eb, ec, nbu = nb, ncu = nc, ebu = eb, ecu = ec, hb = [], hc = [], pre } = trace;
  const counted = ncu.flatMap((requests, index): Bin[] => {
    const at = { start: index * counts, seconds: counts };
    return [
      { ...at, side: 'green', requests, errors: ecu[index] ?? 0 },
      { ...at, side: 'blue', requests: nbu[index] ?? 0, errors: ebu[index] ?? 0 },
    ];
  });
  const marks = pre ? marksOf(pre) : [];
  const timed = (pre ? hc : []).flatMap((histogram, index): Bin[] => {
    const at = { start: index * latency, seconds: latency };
    return [
      { ...at, side: 'green', ...slowIn(histogram, marks) },
      { ...at, side: 'blue', ...slowIn(hb[index] ?? [], marks) },
    ];
  });
  return [...counted, ...timed];
};
