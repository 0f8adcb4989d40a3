/** How often releases of a pair are rolled back, learned from its own: logistic regression by Bayes, on a grid. */
import type { Effect } from './effect.ts';

/** A release of the past: what its facts said, how it went, and how much that still counts. */
export interface Seen {
  readonly effect: Effect;
  readonly takenBack: boolean;
  /** Between 0 and 1. */
  readonly weight: number;
}

/**
 * What is believed of a pair of which nothing is known: one release in ten is rolled back, as surely as after four
 * releases. It is assumed, not measured; after some releases the pair's own outcomes outweigh it.
 */
const TAKEN_BACK = 0.4;
const STAYED = 3.6;

/** The share that is believed before any release. */
export const BELIEVED = TAKEN_BACK / (TAKEN_BACK + STAYED);

/** How much of the weights holds for a pair, with what is believed of it first: elsewhere, defects in commits were counted. */
const SCALES = [
  [0, 0.25],
  [0.5, 0.5],
  [1, 0.25],
] as const;

const LOWEST = -10;
const HIGHEST = 6;
const STEP = 0.2;
const INTERCEPTS = Array.from(
  { length: Math.round((HIGHEST - LOWEST) / STEP) + 1 },
  (_, index) => LOWEST + STEP * index,
);

/** ln(1 / (1 + e^-x)), exact at both ends. */
const logLogistic = (x: number): number =>
  x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));

/** 1 / (1 + e^-x). */
export const logistic = (x: number): number => Math.exp(logLogistic(x));

/** ln(p / (1 - p)). */
export const logOdds = (p: number): number => Math.log(p) - Math.log1p(-p);

/** The log odds of a release under an intercept and a scale; what is not known draws them to even (MacKay 1992). */
const moderated = (intercept: number, scale: number, { size, experience, variance }: Effect) =>
  (intercept + scale * (size + experience)) / Math.sqrt(1 + (Math.PI / 8) * scale ** 2 * variance);

/** Log odds of an ordinary release of the pair, and how much of the weights holds: one belief. */
export interface Belief {
  readonly intercept: number;
  readonly scale: number;
  /** Probability of the belief; those of all sum up to 1. */
  readonly probability: number;
}

/** What is to be believed of a pair after what was seen of it. */
export const beliefsAfter = (seen: readonly Seen[]): readonly Belief[] => {
  const logs = SCALES.flatMap(([scale, prior]) =>
    INTERCEPTS.map((intercept) => ({
      intercept,
      scale,
      log: seen.reduce(
        (sum, { effect, takenBack, weight }) => {
          const odds = moderated(intercept, scale, effect);
          return sum + weight * logLogistic(takenBack ? odds : -odds);
        },
        Math.log(prior) + TAKEN_BACK * logLogistic(intercept) + STAYED * logLogistic(-intercept),
      ),
    })),
  );
  const most = Math.max(...logs.map(({ log }) => log));
  const raw = logs.map(({ log }) => Math.exp(log - most));
  const total = raw.reduce((sum, value) => sum + value, 0);
  return logs.map(({ intercept, scale }, index) => ({
    intercept,
    scale,
    probability: raw[index]! / total,
  }));
};

/** The mean of a figure over the beliefs. */
export const meanOf = (beliefs: readonly Belief[], figure: (belief: Belief) => number): number =>
  beliefs.reduce((sum, belief) => sum + belief.probability * figure(belief), 0);

/** Nodes and weights of Gauss and Hermite for a standard normal variable (Abramowitz and Stegun, table 25.10, n = 5). */
const NODES = [
  [-2.8569700138728056, 0.011257411327720693],
  [-1.355626179974266, 0.2220759220056126],
  [0, 0.5333333333333333],
  [1.355626179974266, 0.2220759220056126],
  [2.8569700138728056, 0.011257411327720693],
] as const;

/** The share of the beliefs that lies outside of the interval, on each side. */
const OUTSIDE = 0.05;

/** The probability that a release is rolled back, and the interval in which it lies with nine of ten. */
export const predict = (
  beliefs: readonly Belief[],
  { size, experience, variance }: Effect,
): { readonly probability: number; readonly low: number; readonly high: number } => {
  const cases = beliefs
    .flatMap(({ intercept, scale, probability }) =>
      NODES.map(([node, weight]) => ({
        at: logistic(intercept + scale * (size + experience + node * Math.sqrt(variance))),
        weight: weight * probability,
      })),
    )
    .sort((a, b) => a.at - b.at);
  const quantile = (share: number) => {
    let sum = 0;
    for (const { at, weight } of cases) {
      sum += weight;
      if (sum >= share) return at;
    }
    return cases.at(-1)!.at;
  };
  return {
    probability: cases.reduce((sum, { at, weight }) => sum + at * weight, 0),
    low: quantile(OUTSIDE),
    high: quantile(1 - OUTSIDE),
  };
};
