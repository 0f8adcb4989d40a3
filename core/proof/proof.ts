import * as z from 'zod/mini';
import { Verdict, worst } from '../release/verdict.ts';
import { Name, Text } from '../text/schema.ts';
import type { Mixed } from './contract.ts';

/** A colour of a side, with the revision's printable name; blue is what users reach, whether it moves or not. */
export const Side = z.strictObject({
  colour: z.enum(['blue', 'green']),
  target: Name,
  revision: Text,
  /** The version that people know it by, where that is known. */
  version: z.optional(Text),
});
export type Side = z.infer<typeof Side>;

const { verdict } = Verdict.shape;

/** One cell of the 2×2: a caller and a callee, and what the callee's answers were worth. */
export const Cell = z.strictObject({
  caller: Side,
  callee: Side,
  verdict,
  /** Requests that were tried. */
  cases: z.int(),
  /** The first case that failed, or why none could be tried. */
  text: z.optional(Text),
});
export type Cell = z.infer<typeof Cell>;

/** One smoke check of green. */
export const SmokeCheck = z.strictObject({
  target: Name,
  revision: Text,
  version: z.optional(Text),
  /** What was asked: a path, or an event. */
  where: Text,
  verdict,
  /** What was wrong with the answer. */
  text: z.optional(Text),
});
export type SmokeCheck = z.infer<typeof SmokeCheck>;

/** What was tried before any user met green, row by row. */
export const Proof = z.strictObject({
  ...Verdict.shape,
  /** The 2×2 as a whole, in a few words. */
  mixed: z.strictObject({ verdict, text: Text }),
  cells: z.array(Cell),
  smoke: z.array(SmokeCheck),
  /** Rows that found no room here; none of them is worse than those that did. */
  omitted: z.int(),
});
export type Proof = z.infer<typeof Proof>;

/** Most rows of a kind that are kept: a record is one item of the table, at most 400 KB. */
const MOST_ROWS = 60;

/** Most reasons that are kept; who mends the first ten runs the proof again anyway. */
const MOST_REASONS = 10;

const LEAST_FIRST = ['fail', 'inconclusive', 'pass'] as const;

/** The rows that are kept, in their order; if there are too many, those that did not pass. */
const kept = <Row extends { readonly verdict: Verdict['verdict'] }>(
  rows: readonly Row[],
): readonly Row[] => {
  if (rows.length <= MOST_ROWS) return rows;
  const chosen = new Set(
    LEAST_FIRST.flatMap((one) => rows.filter((row) => row.verdict === one)).slice(0, MOST_ROWS),
  );
  return rows.filter((row) => chosen.has(row));
};

/** Puts together what was tried. `smoked` is what the smoke checks are worth together. */
export const proofOf = (
  { cells, text, ...mixed }: Mixed,
  smoke: readonly SmokeCheck[],
  smoked: Verdict,
): Proof => {
  const { verdict, reasons } = worst([smoked, mixed]);
  const rows = { cells: [...kept(cells)], smoke: [...kept(smoke)] };
  return {
    verdict,
    reasons: reasons.slice(0, MOST_REASONS),
    mixed: { verdict: mixed.verdict, text },
    ...rows,
    omitted: cells.length + smoke.length - rows.cells.length - rows.smoke.length,
  };
};
