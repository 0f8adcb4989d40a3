/** Distributions beside scipy's values, to a relative error of 1e-9. */
import { describe, expect, it } from 'vitest';
import { logLikelihoodRatios } from '../../../core/statistics/hypergeometric.ts';
import { normalCdf, normalQuantile } from '../../../core/statistics/normal.ts';
import { reference, wrong } from './reference.ts';

describe('as scipy has it', () => {
  it.each<[string, (...row: any[]) => number]>([
    ['norm_cdf', normalCdf],
    ['norm_ppf', normalQuantile],
    [
      'fnch_lr',
      (green, blue, x, y, none, odds) =>
        logLikelihoodRatios({ green, blue, failures: x + y }, x, none, [odds])[0]!,
    ],
  ])('%s', (name, ours) => {
    expect(reference[name].length).toBeGreaterThan(0);
    expect(wrong(name, ours)).toEqual([]);
  });
});
