/** Fisher's exact test of a table with two rows and two columns. */
import { logChoose } from '../../../core/statistics/gamma.ts';
import type { Alternative } from './rank-test.ts';

/** Two probabilities are the same if they differ by less than rounding: scipy takes the same margin. */
export const SAME = 1 + 1e-7;

/** p of the table `[[a, b], [c, d]]` if its rows have the same odds. */
export const fisherTest = (
  [[a, b], [c, d]]: readonly [readonly [number, number], readonly [number, number]],
  alternative: Alternative = 'two-sided',
): number => {
  const [one, other, column] = [a + b, c + d, a + c];
  const from = Math.max(0, column - other);
  const to = Math.min(one, column);
  const logs = Array.from(
    { length: to - from + 1 },
    (_, k) => logChoose(one, from + k) + logChoose(other, column - from - k),
  );
  const peak = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - peak));
  const sum = (of: readonly number[]) => of.reduce((total, weight) => total + weight, 0);
  const seen = a - from;
  const taken = {
    greater: () => weights.slice(seen),
    less: () => weights.slice(0, seen + 1),
    'two-sided': () => weights.filter((weight) => weight <= weights[seen]! * SAME),
  }[alternative]();
  return Math.min(1, sum(taken) / sum(weights));
};
