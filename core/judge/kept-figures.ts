/** The figures of a release as the table keeps them (`evidence#<release>`): every number that an assessment rests on, to be judged again, or learned from. */
import * as z from 'zod/mini';
import { Tally } from '../analysis/tally.ts';
import { Moment, Name, Text } from '../text/schema.ts';

/** Of one target. */
export const TargetFigures = z.strictObject({
  from: Text,
  to: Text,
  /** Milliseconds above which an answer of blue counts as slow, the lowest first: fixed before green has users. */
  marks: z.array(z.number()),
  /** The same of green; left out where they are those of blue. */
  greenMarks: z.optional(z.array(z.number())),
  /** Start of the first row: green's first requests. */
  first: z.optional(Moment),
  tally: z.optional(Tally),
  /** Nothing was counted, and what there is to count may still arrive. */
  early: z.optional(z.literal(true)),
});
export type TargetFigures = z.infer<typeof TargetFigures>;

/** Of a release. */
export const KeptFigures = z.strictObject({
  release: Text,
  targets: z.record(Name, TargetFigures),
});
export type KeptFigures = z.infer<typeof KeptFigures>;

/** The figures of one target; a target may be called `constructor`. */
export const figuresOf = (
  { targets }: Pick<KeptFigures, 'targets'>,
  name: string,
): TargetFigures | undefined => (Object.hasOwn(targets, name) ? targets[name] : undefined);
