/** Whether a count of successes fits a share. */

import { logChoose } from '../../../core/statistics/gamma.ts';
import { betaCdf, betaTail } from './beta.ts';
import { SAME } from './fisher.ts';
import type { Alternative } from './rank-test.ts';

/** Probability of at least k successes in n trials (DLMF 8.17.5). */
const atLeastSuccesses = (k: number, n: number, share: number): number =>
  k <= 0 ? 1 : betaCdf(k, n - k + 1, share);

const atMostSuccesses = (k: number, n: number, share: number): number =>
  k >= n ? 1 : betaTail(k + 1, n - k, share);

const probability = (k: number, n: number, share: number): number =>
  Math.exp(logChoose(n, k) + k * Math.log(share) + (n - k) * Math.log1p(-share));

/** p of so many successes if their share is really that, 0 < share < 1; two-sided: of all counts that are as improbable. */
export const binomialTest = (
  k: number,
  n: number,
  share: number,
  alternative: Alternative = 'two-sided',
): number => {
  if (alternative === 'greater') return atLeastSuccesses(k, n, share);
  if (alternative === 'less') return atMostSuccesses(k, n, share);
  const seen = probability(k, n, share) * SAME;
  const isRare = (i: number) => probability(i, n, share) <= seen;
  if (k < n * share) {
    let i = n;
    while (i > n * share && isRare(i)) i -= 1;
    return Math.min(1, atMostSuccesses(k, n, share) + atLeastSuccesses(i + 1, n, share));
  }
  let i = -1;
  while (i + 1 < n * share && isRare(i + 1)) i += 1;
  return Math.min(1, atLeastSuccesses(k, n, share) + (i < 0 ? 0 : atMostSuccesses(i, n, share)));
};
