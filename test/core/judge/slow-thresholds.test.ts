import { describe, expect, it } from 'vitest';
import { marksOf, worseThan } from '../../../core/judge/slow-thresholds.ts';

const minutes = (...values: readonly number[]) =>
  new Map(values.map((value, i) => [i * 60_000, value]));

describe('what counts as slower', () => {
  const policy = { slowerBy: 50, slowerByPercent: 25 };

  it.each([
    [3, 53],
    [200, 250],
    [1000, 1250],
  ])('is worse than %d ms by the share and by the amount: from %d ms on', (blue, green) => {
    expect(worseThan(blue, policy)).toBe(green);
  });
});

describe('marks of slowness', () => {
  it('are the medians over the minutes before, weighted by requests', () => {
    const samples = minutes(1000, 10, 2000);
    const quantiles = [minutes(0.02, 9, 0.03), minutes(0.05, 9, 0.05), minutes(0.2, 9, 0.1)];
    expect(marksOf(samples, quantiles)).toEqual([0.03, 0.05, 0.1]);
  });

  it('are none after fewer than a hundred requests', () => {
    expect(marksOf(minutes(50, 49), [minutes(1, 1)])).toEqual([]);
    expect(marksOf(minutes(50, 50), [minutes(1, 1)])).toEqual([1]);
  });

  it('are each there once, the lowest first', () => {
    const same = minutes(0.2, 0.2);
    expect(marksOf(minutes(500, 500), [same, same, minutes(0.1, 0.1)])).toEqual([0.1, 0.2]);
  });
});
