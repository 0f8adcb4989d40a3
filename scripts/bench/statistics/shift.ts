/** By how much one sample lies above another: estimate and confidence interval of Mann and Whitney's test, as R's wilcox.test has them. */
import { normalQuantile } from '../../../core/statistics/normal.ts';
import { rankStatistic } from './rank-test.ts';
import { rootOf } from './root.ts';

/** What is found of a shift. */
export interface Shift {
  readonly low: number;
  readonly high: number;
  readonly estimate: number;
}

/** R's tolerance. The statistic has jumps, so it says which point beside one is taken. */
const TOLERANCE = 1e-4;

/** The standardised rank statistic of x moved down by `shift` beside y (Bauer 1972; ties are corrected for). */
const standardised = (
  x: readonly number[],
  y: readonly number[],
  shift: number,
  isCorrected: boolean,
): number => {
  const moved = x.map((value) => value - shift);
  const { u, ties } = rankStatistic(moved, y);
  const [m, n] = [x.length, y.length];
  const off = u - (m * n) / 2;
  const tied = ties.reduce((sum, size) => sum + (size ** 3 - size), 0);
  const variance = ((m * n) / 12) * (m + n + 1 - tied / ((m + n) * (m + n - 1)));
  return (off - (isCorrected ? Math.sign(off) * 0.5 : 0)) / Math.sqrt(variance);
};

/** The shift of x above y, with an interval of that confidence; for samples that are not one value throughout. */
export const shiftOf = (x: readonly number[], y: readonly number[], confidence: number): Shift => {
  const least = Math.min(...x) - Math.max(...y);
  const most = Math.max(...x) - Math.min(...y);
  // The statistic falls as the shift grows: where it passes a quantile is a bound of the interval.
  const passing = (quantile: number, isCorrected: boolean): number => {
    const at = (shift: number) => standardised(x, y, shift, isCorrected) - quantile;
    if (at(least) <= 0) return least;
    if (at(most) >= 0) return most;
    return rootOf(at, least, most, TOLERANCE);
  };
  const quantile = normalQuantile(1 - (1 - confidence) / 2);
  return {
    low: passing(quantile, true),
    high: passing(-quantile, true),
    estimate: passing(0, false),
  };
};
