/** Pearson's test of a table with two rows and two columns. */
import { erfc } from '../../../core/statistics/normal.ts';

/** χ² of `[[a, b], [c, d]]` without correction, and its p (one degree of freedom). */
export const chiSquareTest = ([[a, b], [c, d]]: readonly [
  readonly [number, number],
  readonly [number, number],
]): { readonly statistic: number; readonly p: number } => {
  const total = a + b + c + d;
  const statistic = (total * (a * d - b * c) ** 2) / ((a + b) * (c + d) * (a + c) * (b + d));
  return { statistic, p: erfc(Math.sqrt(statistic / 2)) };
};
