/** Failures of two sides, given how many there were in all: what their odds say, whatever the share of failures is. */
import { logChoose } from './gamma.ts';

/** Requests and failures of both sides in one bin. */
export interface Counts {
  /** Requests to green. */
  readonly green: number;
  /** Requests to blue. */
  readonly blue: number;
  /** Failures of both together. */
  readonly failures: number;
}

/** Terms this much smaller than the largest add nothing to a sum of doubles. */
const NEGLIGIBLE = 1e-18;

/** Ratio of the weights of k + 1 and of k failures of green, at odds of 1. */
const ratioAt = ({ green, blue, failures }: Counts, k: number): number =>
  ((green - k) * (failures - k)) / ((k + 1) * (blue - failures + k + 1));

const lowest = ({ blue, failures }: Counts): number => Math.max(0, failures - blue);
const highest = ({ green, failures }: Counts): number => Math.min(green, failures);

/**
 * The most probable k at an odds ratio: where the ratio of neighbours passes 1, a root of a quadratic
 * (Fog 2008, "Calculation methods for Fisher's noncentral hypergeometric distribution", eq. 5).
 */
const modeAt = (counts: Counts, odds: number): number => {
  const { green, blue, failures } = counts;
  const a = odds - 1;
  const b = -((green + failures + 2) * odds + blue - failures);
  const c = (green + 1) * (failures + 1) * odds;
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  const mode = Math.floor((2 * c) / (root - b));
  return Math.max(lowest(counts), Math.min(highest(counts), mode));
};

/** Sum of all weights at an odds ratio, over the weight of k. Outwards from the mode, as far as anything adds to it. */
const sumOver = (counts: Counts, odds: number, k: number): number => {
  let sum = 1;
  let term = 1;
  for (let i = k; i < highest(counts) && term > NEGLIGIBLE * sum; i += 1) {
    term *= ratioAt(counts, i) * odds;
    sum += term;
  }
  term = 1;
  for (let i = k; i > lowest(counts) && term > NEGLIGIBLE * sum; i -= 1) {
    term /= ratioAt(counts, i - 1) * odds;
    sum += term;
  }
  return sum;
};

/** Steps that are multiplied one by one; beyond them logarithms of factorials are quicker, and exact enough for so many. */
const NEAR = 256;

/** ln of the weight of `to` over that of `from`, at odds of 1. */
const logWeight = (counts: Counts, from: number, to: number): number => {
  if (to < from) return -logWeight(counts, to, from);
  if (to - from > NEAR) {
    const { green, blue, failures } = counts;
    const of = (k: number) => logChoose(green, k) + logChoose(blue, failures - k);
    return of(to) - of(from);
  }
  let log = 0;
  for (let k = from; k < to; k += 1) log += Math.log(ratioAt(counts, k));
  return log;
};

/** ln of the sum of all weights at an odds ratio, over the weight of `base` at odds of 1. */
const logTotal = (counts: Counts, odds: number, base: number): number => {
  const mode = modeAt(counts, odds);
  const weight = logWeight(counts, base, mode) + mode * Math.log(odds);
  return weight + Math.log(sumOver(counts, odds, mode));
};

/**
 * ln of how much more probable it is that `k` of the failures are green's if the odds of failing are `odds` times
 * blue's than if they are `null` times: the likelihood ratio of Fisher's noncentral hypergeometric distribution. Its
 * mean is 1 under the null whatever the share of failures, so it is an e-value.
 */
export const logLikelihoodRatios = (
  counts: Counts,
  k: number,
  nullOdds: number,
  odds: readonly number[],
): readonly number[] => {
  if (lowest(counts) === highest(counts)) return odds.map(() => 0);
  const base = modeAt(counts, nullOdds);
  const total = logTotal(counts, nullOdds, base);
  return odds.map((one) => k * Math.log(one / nullOdds) + total - logTotal(counts, one, base));
};
