/** What is kept of a release's figures: every number that its judgement rests on, to be judged again, or learned from. */
import * as z from 'zod/mini';
import { Tally } from '../analysis/tally.ts';
import { Moment, Name, Text } from '../text/schema.ts';

/** Of one target. */
export const TargetEvidence = z.strictObject({
  from: Text,
  to: Text,
  /** Milliseconds above which an answer of blue counts as slow, the lowest first: fixed before green has users. */
  marks: z.array(z.number()),
  /** The same of green; left out where they are those of blue. */
  greenMarks: z.optional(z.array(z.number())),
  /** Start of the first row: green's first requests. */
  first: z.optional(Moment),
  tally: z.optional(Tally),
});
export type TargetEvidence = z.infer<typeof TargetEvidence>;

/** Of a release. */
export const Evidence = z.strictObject({
  release: Text,
  targets: z.record(Name, TargetEvidence),
});
export type Evidence = z.infer<typeof Evidence>;
