/** What a release waits for: its protocol says so at every poll, its record keeps it, and whoever shows a release reads it. */
import * as z from 'zod/mini';
import { Moment, Text } from '../text/schema.ts';
import { toMilliseconds, toMoment } from '../text/time.ts';
import type { ReleaseRecord } from './record.ts';

/** What people can say to a release: an order, or an answer to its request for approval. */
const Word = z.enum(['approve', 'reject', 'promote', 'hold', 'resume', 'abort']);
export type Word = z.infer<typeof Word>;

/** A wait as the record keeps it. */
export const Waiting = z.strictObject({
  for: Text,
  progress: z.optional(Text),
  until: z.optional(Moment),
  deadline: z.optional(Moment),
  words: z.array(Word),
});
export type Waiting = z.infer<typeof Waiting>;

/** A wait of a release, and everything that ends it. */
export interface Wait {
  /** What has to come, to be read after "waits for". */
  readonly for: string;
  /** How much of it has come. */
  readonly progress?: string;
  /** When the release goes on by itself, in milliseconds since 1970. */
  readonly until?: number;
  /** When it rolls back if nothing has come, in milliseconds since 1970. */
  readonly deadline?: number;
  /** What people can say now, what goes on before what rolls back. */
  readonly words: readonly Word[];
}

const kept = ({ until, deadline, words, ...wait }: Wait): Waiting => ({
  ...wait,
  ...(until === undefined ? {} : { until: toMoment(until) }),
  ...(deadline === undefined ? {} : { deadline: toMoment(deadline) }),
  words: [...words],
});

/** The record with what the release waits for from now on; without it while the release works. */
export const withWait = (
  { waiting: _, ...record }: ReleaseRecord,
  wait: Wait | undefined,
): ReleaseRecord => (wait === undefined ? record : { ...record, waiting: kept(wait) });

/** What a release waits for since it was polled last; undefined while it works, and after its end. */
export const waitOf = ({ end, waiting }: ReleaseRecord): Wait | undefined => {
  if (end !== undefined || waiting === undefined) return undefined;
  const { progress, until, deadline, words } = waiting;
  return {
    for: waiting.for,
    ...(progress === undefined ? {} : { progress }),
    ...(until === undefined ? {} : { until: toMilliseconds(until) }),
    ...(deadline === undefined ? {} : { deadline: toMilliseconds(deadline) }),
    words,
  };
};
