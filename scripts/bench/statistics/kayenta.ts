/**
 * How Netflix's judge classifies a metric (Kayenta, NetflixACAJudge 1.0), to be compared with: a fixed look at points of
 * time that knows nothing of how many requests are behind each.
 */
import { rankStatistic } from './rank-test.ts';
import { shiftOf } from './shift.ts';

/** Which way a metric must not move. */
type Direction = 'Increase' | 'Decrease' | 'Either';

/** By what it is judged. */
export interface Classifier {
  readonly direction: Direction;
  /** Share of the estimated shift that its interval must be clear of (default 0.25). */
  readonly tolerance: number;
  readonly confidence: number;
  /** Ratios of the means below which a metric is low, and above which it is high. */
  readonly effects: readonly [number, number];
  /** The same for a metric that alone decides. */
  readonly criticalEffects: readonly [number, number];
  readonly critical: boolean;
  /** Whether points that are missing count as nothing, or as zeros. */
  readonly missing: 'Remove' | 'Replace';
}

export const NETFLIX: Classifier = {
  direction: 'Either',
  tolerance: 0.25,
  confidence: 0.98,
  effects: [1, 1],
  criticalEffects: [1, 1],
  critical: false,
  missing: 'Remove',
};

/** A metric's class, and whether the whole canary fails by it. */
export interface Classification {
  readonly label: 'Pass' | 'High' | 'Low' | 'Nodata';
  readonly isCritical: boolean;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ratio of the means; not a number where the control's is 0. */
export const meanRatio = (experiment: readonly number[], control: readonly number[]): number => {
  const mean = meanOf(control);
  return mean === 0 ? Number.NaN : meanOf(experiment) / mean;
};

/** Probability that a point of the experiment is above one of the control (McGraw and Wong 1992), equal ones counting half. */
export const commonLanguageEffect = (
  experiment: readonly number[],
  control: readonly number[],
): number => rankStatistic(experiment, control).u / (experiment.length * control.length);

const label = (
  experiment: readonly number[],
  control: readonly number[],
  { direction, tolerance, confidence }: Classifier,
): 'Pass' | 'High' | 'Low' => {
  const { low, high, estimate } = shiftOf(experiment, control, confidence);
  const bound = tolerance * Math.abs(estimate);
  if (direction !== 'Decrease' && low > bound) return 'High';
  return direction !== 'Increase' && high < -bound ? 'Low' : 'Pass';
};

/** Classifies a metric by its points on both sides. */
export const classify = (
  experiment: readonly number[],
  control: readonly number[],
  by: Classifier = NETFLIX,
): Classification => {
  if (experiment.length === 0 || control.length === 0)
    return by.missing === 'Remove'
      ? { label: 'Nodata', isCritical: by.critical }
      : { label: 'Pass', isCritical: false };
  const pass = { label: 'Pass', isCritical: false } as const;
  if (new Set([...experiment, ...control]).size === 1) return pass;
  const same = [experiment, control].map((values) => values.toSorted((a, b) => a - b).join());
  if (same[0] === same[1]) return pass;
  const found = label(experiment, control, by);
  const ratio = meanRatio(experiment, control);
  // Where the control's mean is 0 there is no ratio, and any difference is one of size.
  const isLarge = ([least, most]: readonly [number, number]) =>
    Number.isNaN(ratio) || (found === 'High' ? ratio >= most : ratio <= least);
  if (found === 'Pass') return pass;
  if (by.critical && isLarge(by.criticalEffects)) return { label: found, isCritical: true };
  return isLarge(by.effects) ? { label: found, isCritical: false } : pass;
};
