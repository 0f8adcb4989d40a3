/** What a release waits for: its protocol says so at every poll, its record keeps it, and whoever shows a release reads it. */
import * as z from 'zod/mini';
import { Moment, Text } from '../text/schema.ts';
import { toMilliseconds, toMoment } from '../text/time.ts';
import type { ReleaseRecord } from './record.ts';

/** What a person can order a release to do. */
export const ORDERS = ['abort', 'hold', 'resume', 'promote'] as const;

/** What people can say to a release: an order, or an answer to its request for approval. */
const Word = z.enum(['approve', 'reject', ...ORDERS]);
export type Word = z.infer<typeof Word>;

/** A wait of a release as the record keeps it, and everything that ends it. */
export const Waiting = z.strictObject({
  /** What has to come, to be read after "waits for". */
  for: Text,
  /** How much of it has come. */
  progress: z.optional(Text),
  /** When the release continues by itself. */
  until: z.optional(Moment),
  /** When it rolls back if nothing has come. */
  deadline: z.optional(Moment),
  /** What people can say now, what continues before what rolls back. */
  words: z.array(Word),
});
type Waiting = z.infer<typeof Waiting>;

/** The same with its times in milliseconds since 1970. */
export interface Wait extends Readonly<Pick<Waiting, 'for' | 'progress'>> {
  readonly until?: number;
  readonly deadline?: number;
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
  const { until, deadline, ...wait } = waiting;
  return {
    ...wait,
    ...(until === undefined ? {} : { until: toMilliseconds(until) }),
    ...(deadline === undefined ? {} : { deadline: toMilliseconds(deadline) }),
  };
};
