/** Special functions and tests beside scipy's values, to a relative error of 1e-9. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile } from '../../../core/statistics/beta.ts';
import { binomialTest } from '../../../core/statistics/binomial.ts';
import { chiSquareTest } from '../../../core/statistics/chi-square.ts';
import { fisherTest, logLikelihoodRatios } from '../../../core/statistics/hypergeometric.ts';
import { normalCdf, normalQuantile } from '../../../core/statistics/normal.ts';
import { exactRankTest, rankTest } from '../../../core/statistics/rank-test.ts';
import { tCdf, tQuantile, welchTest } from '../../../core/statistics/student.ts';

const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../data/stat_reference.json'), 'utf8'),
);

const sampleOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1), size: values.length };
};

/** What differs from the reference by more than 1e-9 of it. */
const wrong = (name: string, ours: (...row: any[]) => number) =>
  reference[name].flatMap((row: readonly unknown[]) => {
    const expected = row.at(-1) as number;
    const found = ours(...row.slice(0, -1));
    // What scipy rounds to nothing may be a number that has hardly a digit.
    const isClose = Math.abs(found - expected) <= Math.max(1e-9 * Math.abs(expected), 1e-300);
    return isClose ? [] : [{ row, found }];
  });

describe('as scipy has it', () => {
  it.each<[string, (...row: any[]) => number]>([
    ['beta_cdf', betaCdf],
    ['beta_ppf', betaQuantile],
    ['t_cdf', (df, t) => tCdf(t, df)],
    ['t_ppf', (df, p) => tQuantile(p, df)],
    ['norm_cdf', normalCdf],
    ['norm_ppf', normalQuantile],
    ['fisher', fisherTest],
    ['binomtest', binomialTest],
    [
      'fnch_lr',
      (green, blue, x, y, none, odds) =>
        logLikelihoodRatios({ green, blue, failures: x + y }, x, none, [odds])[0]!,
    ],
  ])('%s', (name, ours) => {
    expect(reference[name].length).toBeGreaterThan(0);
    expect(wrong(name, ours)).toEqual([]);
  });

  it.each(reference.mannwhitney as any[])('mannwhitney $label $alternative', (one) => {
    const { x, y, alternative } = one;
    expect(rankTest(x, y, alternative).u).toBe(one.U);
    const close = (found: number, expected: number) =>
      expect(Math.abs(found / expected - 1)).toBeLessThan(1e-9);
    close(rankTest(x, y, alternative).p, one.p_asymptotic);
    if (one.p_asymptotic_nocc != null)
      close(rankTest(x, y, alternative, { continuity: false }).p, one.p_asymptotic_nocc);
    if (one.p_exact != null) close(exactRankTest(x, y, alternative).p, one.p_exact);
  });

  it('has no exact rank test of values that are equal', () => {
    expect(() => exactRankTest([1, 2], [2, 3])).toThrow('equal values');
  });

  it.each(reference.welch as any[])('welch $df', (one) => {
    const [a, b] = one.x
      ? [sampleOf(one.x), sampleOf(one.y)]
      : [
          { mean: one.mx, variance: one.vx, size: one.nx },
          { mean: one.my, variance: one.vy, size: one.ny },
        ];
    const found = welchTest(a, b);
    for (const name of ['t', 'df', 'p'] as const)
      expect(Math.abs(found[name] / one[name] - 1)).toBeLessThan(1e-9);
  });

  it.each(reference.chi2_2x2 as any[])('chi2_2x2 %j', (table, statistic, p) => {
    const found = chiSquareTest(table);
    expect(Math.abs(found.statistic / statistic - 1)).toBeLessThan(1e-9);
    expect(Math.abs(found.p / p - 1)).toBeLessThan(1e-9);
  });
});
