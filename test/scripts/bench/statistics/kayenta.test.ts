/** Kayenta's own test vectors: its classes, its effect sizes, and the intervals that it compares with R. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  classify,
  commonLanguageEffect,
  meanRatio,
  NETFLIX,
} from '../../../../scripts/bench/statistics/kayenta.ts';
import { shiftOf } from '../../../../scripts/bench/statistics/shift.ts';

const { classifier, mannWhitney, effectSizes } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../data/kayenta_vectors.json'), 'utf8'),
);

const pair = (text: string | undefined): readonly [number, number] => {
  const [low, high] = (text ?? '(1.0, 1.0)').replace(/[()]/g, '').split(',').map(Number);
  return [low!, high!];
};

const byRanks = classifier.filter((one: any) => one.classifier === 'MannWhitneyClassifier');

describe('the classifier of Netflix', () => {
  it('is tried on all its vectors', () => {
    expect(byRanks.length).toBeGreaterThanOrEqual(28);
  });

  it.each(byRanks as any[])('$name', (one) => {
    const found = classify(one.experiment, one.control, {
      ...NETFLIX,
      direction: one.direction,
      tolerance: Number(one.params.tolerance),
      confidence: Number(one.params.confLevel),
      effects: pair(one.params.effectSizeThresholds),
      criticalEffects: pair(one.params.criticalThresholds),
      critical: one.critical,
      missing: one.nanStrategy.startsWith('Remove') ? 'Remove' : 'Replace',
    });
    // One vector is about the words of a reason only.
    if (one.expected !== null) expect(found.label).toBe(one.expected);
    if (one.expectedCritical !== null) expect(found.isCritical).toBe(one.expectedCritical);
  });
});

describe('effect sizes', () => {
  it.each(effectSizes.filter(({ fn }: any) => fn !== 'cohenD') as any[])('$name', (one) => {
    const of = one.fn === 'cles' ? commonLanguageEffect : meanRatio;
    const found = of(one.experimentData, one.controlData);
    if (one.expected === 'NaN') expect(found).toBeNaN();
    else expect(found).toBeCloseTo(one.expected, 2);
  });
});

describe('a shift', () => {
  it.each(mannWhitney.filter((one: any) => one.expectedNamed.rCiLow !== undefined) as any[])(
    'is that of R: $name',
    (one) => {
      const { low, high, estimate } = shiftOf(one.experiment, one.control, one.confidenceLevel);
      const { rCiLow, rCiHigh, rEst } = one.expectedNamed;
      expect(Math.abs(low - rCiLow)).toBeLessThan(1e-4);
      expect(Math.abs(high - rCiHigh)).toBeLessThan(1e-4);
      expect(Math.abs(estimate - rEst)).toBeLessThan(1e-4);
    },
  );
});
