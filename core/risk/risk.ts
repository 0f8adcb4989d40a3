/** How likely a release is to be rolled back, by its pair's history and by what it changes. It is said to people and decides nothing. */
import * as z from 'zod/mini';
import { type Change, FACTS } from '../release/change.ts';
import { Curve } from '../release/curve.ts';
import type { PastRelease } from '../release/fate.ts';
import { Text } from '../text/schema.ts';
import { effectOf } from './effect.ts';
import { outcomesOf, seenOf } from './history.ts';
import { beliefsAfter, predict } from './posterior.ts';
import { reasonsOf } from './reasons.ts';
import { type ShiftPlan, suggestionFor } from './suggestion.ts';

const Probability = z.number().check(z.minimum(0), z.maximum(1));

/** What is said of the risk of a release. */
export const Risk = z.strictObject({
  /** Of being rolled back after users have met it. */
  probability: Probability,
  /** Nine of ten beliefs lie between these. */
  low: Probability,
  high: Probability,
  /** Past releases that it rests on. */
  releases: z.optional(z.int().check(z.minimum(0))),
  /** Whole sentences with their numbers, the weightiest first. */
  reasons: z.array(Text),
  /** What the release could do instead, where the risk is high: nothing does it by itself. */
  suggestion: z.optional(
    z.strictObject({
      curve: z.optional(Curve),
      bakeMinutes: z.optional(z.int()),
      text: Text,
    }),
  ),
});
export type Risk = z.infer<typeof Risk>;

/** The risk of a release that starts at `now`; undefined where neither its change nor any release before it tells something. */
export const riskOf = (
  change: Change = {},
  past: readonly PastRelease[],
  plan: ShiftPlan,
  now: string,
): Risk | undefined => {
  const outcomes = outcomesOf(past);
  if (outcomes.length === 0 && FACTS.every((fact) => change[fact] === undefined)) return undefined;
  const { usual, seen } = seenOf(outcomes, now);
  const beliefs = beliefsAfter(seen);
  const effect = effectOf(change, usual);
  const { probability, low, high } = predict(beliefs, effect);
  const suggestion = suggestionFor(probability, plan);
  return {
    probability,
    low,
    high,
    releases: outcomes.length,
    reasons: reasonsOf({ change, outcomes, beliefs, effect, now }),
    ...(suggestion ? { suggestion } : {}),
  };
};
