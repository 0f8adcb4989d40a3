/** The record of the requests that green gets from Tandem right before its first user, so that no user meets a cold version. */
import * as z from 'zod/mini';
import { Moment, Name } from '../text/schema.ts';

/** What the warm-up of one target came to. */
export const WarmTarget = z.strictObject({
  /** Requests that were sent. */
  requests: z.int(),
  /** Those of them without an answer, or with a server error. They decide nothing. */
  failed: z.int(),
  /** Slowest answer in milliseconds among the first quarter of the requests, and among the last. */
  slowest: z.optional(z.strictObject({ first: z.number(), last: z.number() })),
});
export type WarmTarget = z.infer<typeof WarmTarget>;

/** A warm-up of green: when it began, and what each target that moves got. */
export const Warmed = z.strictObject({ at: Moment, targets: z.record(Name, WarmTarget) });
export type Warmed = z.infer<typeof Warmed>;

/** An answer of green to a request of its warm-up. */
export interface WarmAnswer {
  readonly milliseconds: number;
  readonly failed: boolean;
}

/** Times as many requests as a warm-up has at least, which it never exceeds. */
const MOST = 3;

/** Times as slow as its latest answers that 95 % of all answers of a settled green may be, and milliseconds beyond that. */
const NEAR = { times: 2, milliseconds: 50 };

/** The latency within which 95 % of the requests were answered; a failure counts as no answer at all. */
const p95 = (answers: readonly WarmAnswer[]): number => {
  const sorted = answers
    .map(({ failed, milliseconds }) => (failed ? Number.POSITIVE_INFINITY : milliseconds))
    .sort((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
};

/**
 * Whether green needs no further requests: it had the least number, and 95 % of all its answers were about as fast as
 * the latest ones. Not before, since a service's alarms count these requests too, and one cold answer in ten is a bad
 * minute to them.
 */
export const isSettled = (answers: readonly WarmAnswer[], least: number): boolean => {
  if (answers.length < least) return false;
  if (answers.length >= MOST * least) return true;
  const latest = p95(answers.slice(-Math.ceil(least / 4)));
  return p95(answers) <= NEAR.times * latest + NEAR.milliseconds;
};

/** The result of a warm-up from its answers, in their order. */
export const warmTarget = (answers: readonly WarmAnswer[]): WarmTarget => {
  const requests = answers.length;
  const failed = answers.filter((one) => one.failed).length;
  if (requests === 0) return { requests, failed };
  const quarter = Math.ceil(requests / 4);
  const slowest = (part: typeof answers) =>
    Math.round(Math.max(...part.map(({ milliseconds }) => milliseconds)));
  const [first, last] = [slowest(answers.slice(0, quarter)), slowest(answers.slice(-quarter))];
  return { requests, failed, slowest: { first, last } };
};

const targetText = (name: string, { requests, failed, slowest }: WarmTarget): string => {
  if (!slowest) return `${name} has no requests to be warmed with`;
  const wrong = failed > 0 ? `, ${failed} of them failed` : '';
  return `${name} ${requests} requests${wrong}, slowest answer ${slowest.first} → ${slowest.last} ms`;
};

/** The warm-up in a few words: `web 20 requests, slowest answer 812 → 35 ms; …`. */
export const warmText = ({ targets }: Pick<Warmed, 'targets'>): string =>
  Object.entries(targets)
    .map(([name, one]) => targetText(name, one))
    .join('; ');
