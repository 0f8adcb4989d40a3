/** What the facts of a change say of its risk, beside what is usual for the pair. */
import { type Change, FACTS, type Fact, logsOf, SIZES } from '../release/change.ts';
import { CENTRES, LOADINGS, SPREADS, WEIGHTS } from './weights.ts';

/** Facts as logarithms, one of each. */
export type Logs = Readonly<Record<Fact, number>>;

/** How many releases of the pair weigh as much as what is usual elsewhere. */
const ELSEWHERE = 2;

/** What is usual for the pair: the means of its own releases, drawn to what is usual elsewhere while they are few. */
export const usualOf = (changes: readonly Change[]): Logs => {
  const known = changes.map(logsOf);
  return Object.fromEntries(
    FACTS.map((fact) => {
      const own = known.flatMap((logs) => logs[fact] ?? []);
      const sum = own.reduce((total, value) => total + value, ELSEWHERE * CENTRES[fact]);
      return [fact, sum / (own.length + ELSEWHERE)];
    }),
  ) as Record<Fact, number>;
};

/** By how much the facts move the log odds of being rolled back, with how well that is known. */
export interface Effect {
  readonly size: number;
  readonly experience: number;
  /** Variance of the sum, from the facts that are not known. */
  readonly variance: number;
}

/** Spreads from the usual beyond which more makes no difference: nothing is known of what lies there. */
const FARTHEST = 4;

/** The effect of one spread of a fact. */
const step = (fact: Fact) => WEIGHTS[fact] * SPREADS[fact];

/**
 * The effect of a change. Sizes move together, so those that are known tell of those that are not, by one common
 * factor (Thurstone); what remains unknown is variance, never zero lines. Whatever is known, more of it never lowers
 * the effect of the size, since no weight and no loading is negative.
 */
export const effectOf = (change: Change, usual: Logs): Effect => {
  const logs = logsOf(change);
  const known = SIZES.filter((fact) => logs[fact] !== undefined);
  const missing = SIZES.filter((fact) => logs[fact] === undefined);
  const scoreOf = (fact: Fact) => {
    const score = ((logs[fact] ?? usual[fact]) - usual[fact]) / SPREADS[fact];
    return Math.max(-FARTHEST, Math.min(FARTHEST, score));
  };
  const unique = (fact: (typeof SIZES)[number]) => 1 - LOADINGS[fact] ** 2;
  let precision = 1;
  let pull = 0;
  for (const fact of known) {
    precision += LOADINGS[fact] ** 2 / unique(fact);
    pull += (LOADINGS[fact] * scoreOf(fact)) / unique(fact);
  }
  let size = 0;
  let common = 0;
  let variance = logs.experience === undefined ? step('experience') ** 2 : 0;
  for (const fact of known) size += step(fact) * scoreOf(fact);
  for (const fact of missing) {
    common += step(fact) * LOADINGS[fact];
    variance += step(fact) ** 2 * unique(fact);
  }
  return {
    size: size + (common * pull) / precision,
    experience: step('experience') * scoreOf('experience'),
    variance: variance + common ** 2 / precision,
  };
};
