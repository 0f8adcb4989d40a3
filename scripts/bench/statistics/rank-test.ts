/** The test of Mann, Whitney and Wilcoxon: whether values of one sample tend to be above those of another. */
import { normalCdf } from '../../../core/statistics/normal.ts';

/** What would speak against equality: that x is above y, below it, or either. */
export type Alternative = 'two-sided' | 'greater' | 'less';

/** Rank of every value in all of them, equal ones sharing the mean of their ranks; and the sizes of groups of equals. */
const ranksOf = (values: readonly number[]) => {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length);
  const ties: number[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && order[to]!.value === order[from]!.value) to += 1;
    for (const { index } of order.slice(from, to)) ranks[index] = (from + 1 + to) / 2;
    ties.push(to - from);
  }
  return { ranks, ties };
};

/** U of x: in how many pairs the value of x is above that of y, equal ones counting half. */
export const rankStatistic = (x: readonly number[], y: readonly number[]) => {
  const { ranks, ties } = ranksOf([...x, ...y]);
  const sum = ranks.slice(0, x.length).reduce((total, rank) => total + rank, 0);
  return { u: sum - (x.length * (x.length + 1)) / 2, ties };
};

/** Tail of the asked side, out of the probabilities of at least U and of at most U. */
const sided = (alternative: Alternative, atLeast: number, atMost: number): number => {
  if (alternative === 'greater') return atLeast;
  return alternative === 'less' ? atMost : Math.min(1, 2 * Math.min(atLeast, atMost));
};

/** p by the normal approximation, corrected for ties and, unless told otherwise, for continuity (Hollander and Wolfe, 4.1). */
export const rankTest = (
  x: readonly number[],
  y: readonly number[],
  alternative: Alternative = 'two-sided',
  { continuity = true }: { readonly continuity?: boolean } = {},
): { readonly u: number; readonly p: number } => {
  const { u, ties } = rankStatistic(x, y);
  const [m, n] = [x.length, y.length];
  const total = m + n;
  const tied = ties.reduce((sum, size) => sum + (size ** 3 - size), 0);
  const variance = ((m * n) / 12) * (total + 1 - tied / (total * (total - 1)));
  if (!(variance > 0)) return { u, p: 1 };
  const correction = continuity ? 0.5 : 0;
  const mean = (m * n) / 2;
  const tail = (one: number) => normalCdf(-(one - mean - correction) / Math.sqrt(variance));
  return { u, p: sided(alternative, tail(u), tail(m * n - u)) };
};

/** How many orders of m and n different values have each U: U of the largest is n if it is of x, else 0 (Mann and Whitney 1947, 4). */
const countsOf = (m: number, n: number): readonly number[] => {
  let rows: number[][] = Array.from({ length: n + 1 }, () => [1]);
  for (let i = 1; i <= m; i += 1) {
    const next: number[][] = [[1]];
    for (let j = 1; j <= n; j += 1) {
      const [ofX, ofY] = [rows[j]!, next[j - 1]!];
      next.push(Array.from({ length: i * j + 1 }, (_, u) => (ofX[u - j] ?? 0) + (ofY[u] ?? 0)));
    }
    rows = next;
  }
  return rows[n]!;
};

/** p by counting; only where no two values are equal. */
export const exactRankTest = (
  x: readonly number[],
  y: readonly number[],
  alternative: Alternative = 'two-sided',
): { readonly u: number; readonly p: number } => {
  const { u, ties } = rankStatistic(x, y);
  if (ties.some((size) => size > 1))
    throw new RangeError('equal values have no exact distribution; use rankTest');
  const counts = countsOf(x.length, y.length);
  const sum = (from: number, to: number) =>
    counts.slice(from, to).reduce((total, count) => total + count, 0);
  const all = sum(0, counts.length);
  return { u, p: sided(alternative, sum(u, counts.length) / all, sum(0, u + 1) / all) };
};
