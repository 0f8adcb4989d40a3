/** Evidence that green fails so often that nobody needs blue to see it. */
import type { Stretch } from './bin.ts';
import { logSum } from './evidence.ts';

/** What counts as a catastrophe. */
export interface Catastrophe {
  /** Share of failures above which green is not to be kept, whatever it is warming up from. */
  readonly share: number;
  /** Share of blue's failures so far from which on the world is broken, and green is not judged by this. */
  readonly worldBroken: number;
  /** Shares that would be catastrophic; each has the same part of the evidence. */
  readonly shares: readonly number[];
}

/**
 * Takes stretches in the order of time and gives ln of the evidence, after each, that green fails in more than `share`
 * of its requests: likelihood ratios of a binomial count, multiplied. Its mean never exceeds 1 while green fails less,
 * since the ratio falls with the true share. A stretch counts only if blue was well in it, and has been
 * until its end, which leaves that so: which of green's requests fail is independent of blue's, given the shares of both.
 */
export const openCatastrophe = ({
  share,
  worldBroken,
  shares,
}: Catastrophe): ((stretch: Stretch) => number) => {
  const logs = shares.map(() => 0);
  let [requests, errors] = [0, 0];
  return ({ green, blue }) => {
    if (green.errors !== undefined && blue.errors !== undefined) {
      requests += blue.requests;
      errors += blue.errors;
      // In the stretch itself one failure of blue may be chance, however few requests it had.
      const isWell = blue.errors <= Math.max(1, worldBroken * blue.requests);
      if (isWell && errors <= worldBroken * requests) {
        const fine = green.requests - green.errors;
        for (const [i, bad] of shares.entries())
          logs[i]! +=
            green.errors * Math.log(bad / share) + fine * Math.log((1 - bad) / (1 - share));
      }
    }
    return logSum(logs) - Math.log(shares.length);
  };
};
