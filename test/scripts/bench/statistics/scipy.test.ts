/** Special functions and tests beside scipy's values, to a relative error of 1e-9. */
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile } from '../../../../scripts/bench/statistics/beta.ts';
import { binomialTest } from '../../../../scripts/bench/statistics/binomial.ts';
import { chiSquareTest } from '../../../../scripts/bench/statistics/chi-square.ts';
import { fisherTest } from '../../../../scripts/bench/statistics/fisher.ts';
import { exactRankTest, rankTest } from '../../../../scripts/bench/statistics/rank-test.ts';
import { tCdf, tQuantile, welchTest } from '../../../../scripts/bench/statistics/student.ts';
import { reference, wrong } from '../../../core/statistics/reference.ts';

const sampleOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1), size: values.length };
};

describe('as scipy has it', () => {
  it.each<[string, (...row: any[]) => number]>([
    ['beta_cdf', betaCdf],
    ['beta_ppf', betaQuantile],
    ['t_cdf', (df, t) => tCdf(t, df)],
    ['t_ppf', (df, p) => tQuantile(p, df)],
    ['fisher', fisherTest],
    ['binomtest', binomialTest],
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
