/** One fact of a release, as it is in the table: what happened, who did it, when, and what it changed. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { Moment, Text } from '../text/schema.ts';
import { sentenceOf } from './sentences.ts';

/** Who did it: a function of Tandem, or a person, with the ARN where AWS knew it. */
export const Actor = z.union([
  z.strictObject({ handler: Text }),
  z.strictObject({ person: Text, arn: z.optional(Text) }),
]);
export type Actor = z.infer<typeof Actor>;

/** A fact as any Tandem wrote it: what this one does not know of its kind is kept. */
export const Fact = z.looseObject({
  /** Its place among the facts of its release, from 1. */
  n: z.int().check(z.minimum(1)),
  /** When it happened, by the clock of who did it. */
  at: Moment,
  by: Actor,
  kind: Text,
  data: z.record(z.string(), z.unknown()),
  /** What it changed in the record, as a JSON merge patch; left out where it changed nothing. */
  patch: z.optional(z.record(z.string(), z.unknown())),
  /** Hash of the fact before; empty for the first one. */
  prev: z.string(),
});
export type Fact = z.infer<typeof Fact>;

/** Where the facts of a release stand, as its record keeps it. */
export const Head = z.strictObject({
  /** How many there are. */
  count: z.int().check(z.minimum(1)),
  /** Hash of the last one. */
  hash: Text,
  /** The last one that has a line in the ledger. */
  told: z.optional(z.strictObject({ kind: Text, at: Moment })),
});
export type Head = z.infer<typeof Head>;

/** SHA-256 of a line in hex: the name of the fact, which the next one carries. */
export const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex');

/** The head after a fact. */
export const headAfter = (head: Head | undefined, fact: Fact, hash: string): Head => {
  const isTold = fact.kind === 'carried-over' || sentenceOf(fact) !== undefined;
  const told = isTold ? { kind: fact.kind, at: fact.at } : head?.told;
  return { count: fact.n, hash, ...(told ? { told } : {}) };
};
