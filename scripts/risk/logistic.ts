/** Fits a logistic regression: coordinates in turn by Newton's steps, some of them kept from being negative. */
import { logistic } from '../../core/risk/posterior.ts';

/** A column of the regression, standardised by its own mean and spread. */
export interface Column {
  readonly values: readonly number[];
  /** 1: its weight is not negative, -1: not positive. */
  readonly sign?: 1 | -1 | undefined;
}

/** Ridge on the standardised weights, beside the mean log likelihood. */
const RIDGE = 1e-3;
const SWEEPS = 60;

/** Weights of the columns in their own units, and the intercept of each group; groups are counted from 0. */
export const fitLogistic = (
  columns: readonly Column[],
  outcomes: readonly boolean[],
  groups: readonly number[] = outcomes.map(() => 0),
) => {
  const count = outcomes.length;
  const scaled = columns.map(({ values }) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const spread = Math.sqrt(values.reduce((s, value) => s + (value - mean) ** 2, 0) / count) || 1;
    return { mean, spread, values: values.map((value) => (value - mean) / spread) };
  });
  const intercepts: number[] = Array.from({ length: Math.max(...groups) + 1 }, () => 0);
  const weights = columns.map(() => 0);
  const sums = outcomes.map(() => 0);

  const move = (factorOf: (row: number) => number, at: number, sign?: 1 | -1): number => {
    let slope = RIDGE * count * at;
    let curvature = RIDGE * count;
    for (let row = 0; row < count; row += 1) {
      const factor = factorOf(row);
      if (factor === 0) continue;
      const p = logistic(sums[row]!);
      slope += factor * (p - (outcomes[row] ? 1 : 0));
      curvature += factor ** 2 * Math.max(p * (1 - p), 1e-3);
    }
    const next = at - slope / curvature;
    const kept = sign !== undefined && next * sign < 0 ? 0 : next;
    for (let row = 0; row < count; row += 1) sums[row]! += (kept - at) * factorOf(row);
    return kept;
  };

  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    intercepts.forEach((at, group) => {
      intercepts[group] = move((row) => (groups[row] === group ? 1 : 0), at);
    });
    scaled.forEach(({ values }, index) => {
      weights[index] = move((row) => values[row]!, weights[index]!, columns[index]!.sign);
    });
  }
  const slopes = weights.map((weight, index) => weight / scaled[index]!.spread);
  const shift = slopes.reduce((sum, slope, index) => sum + slope * scaled[index]!.mean, 0);
  return { slopes, intercepts: intercepts.map((intercept) => intercept - shift) };
};
