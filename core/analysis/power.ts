/** How many requests are needed to see a rise of the share of failures. */

import { normalQuantile } from '../statistics/normal.ts';
import type { JudgeParameters } from './judge.ts';

/** What is to be seen, and by how much traffic. */
export interface Wanted {
  /** Share of blue's requests that fail. */
  readonly base: number;
  /** Rise of that share in green. */
  readonly rise: number;
  /** Requests of blue for each of green. */
  readonly ratio: number;
  /** How many times as much evidence it takes; left out: no more than the bound wants. */
  readonly times?: number;
}

/** Probability with which the rise is to be seen by then. */
const POWER = 0.9;

/**
 * Requests of green after which errors that rise by so much are seen in nine of ten releases; infinite if never. Of
 * failures that are few, each is green's with the probability r·ρ / (1 + r·ρ), r being green's requests for one of blue and ρ the odds
 * ratio. So evidence grows by a compound Poisson process: of n requests its mean is n·λ·KL and its variance n·λ·E[llr²],
 * λ being failures for each request of green, and what it must reach is ln(1 / α) and what the prior costs.
 */
export const requestsToSee = (
  { base, rise, ratio, times = 1 }: Wanted,
  { falseAborts, prior, shares }: JudgeParameters,
): number => {
  const bad = Math.min(base + rise, 1 - 1e-9);
  const fine = Math.max(base, 1e-9);
  const odds = (bad * (1 - fine)) / (fine * (1 - bad));
  if (ratio === 0 || odds <= prior.margin) return Number.POSITIVE_INFINITY;
  const isGreens = (times: number) => times / (times + ratio);
  const [seen, expected] = [isGreens(odds), isGreens(prior.margin)];
  const ofGreen = Math.log(seen / expected);
  const ofBlue = Math.log((1 - seen) / (1 - expected));
  const failures = bad + base * ratio;
  const mean = failures * (seen * ofGreen + (1 - seen) * ofBlue);
  const variance = failures * (seen * ofGreen ** 2 + (1 - seen) * ofBlue ** 2);
  const cost = Math.log((times * prior.odds.length) / (falseAborts * shares.errors * prior.atOnce));
  // n · mean − z · √(n · variance) = cost, a quadratic in √n.
  const z = normalQuantile(POWER) * Math.sqrt(variance);
  return Math.ceil(((z + Math.sqrt(z * z + 4 * mean * cost)) / (2 * mean)) ** 2);
};
