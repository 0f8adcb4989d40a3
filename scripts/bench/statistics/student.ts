/** Student's t distribution, with any positive degrees of freedom. */
import { betaCdf, betaPoint, betaTail } from './beta.ts';

/** Probability that |t| is above this much, in one tail (DLMF 8.17 with x = df / (df + t²)). */
const tailOf = (t: number, df: number): number =>
  t * t < df
    ? betaTail(0.5, df / 2, (t * t) / (df + t * t)) / 2
    : betaCdf(df / 2, 0.5, df / (df + t * t)) / 2;

/** Probability that a t variable with so many degrees of freedom is at most t. */
export const tCdf = (t: number, df: number): number => (t <= 0 ? tailOf(t, df) : 1 - tailOf(t, df));

/** The t at which `tCdf` is p. */
export const tQuantile = (p: number, df: number): number => {
  if (p === 0.5) return 0;
  if (p > 0.5) return -tQuantile(1 - p, df);
  const { x, rest } = betaPoint(df / 2, 0.5, 2 * p);
  return -Math.sqrt((df * rest) / x);
};

/** Mean, variance and size of a sample. */
export interface Sample {
  readonly mean: number;
  /** Sum of squares about the mean, over size - 1. */
  readonly variance: number;
  readonly size: number;
}

/** Welch's test that two means are the same: t, its degrees of freedom (Welch–Satterthwaite), and the two-sided p. */
export const welchTest = (
  one: Sample,
  other: Sample,
): { readonly t: number; readonly df: number; readonly p: number } => {
  const [a, b] = [one.variance / one.size, other.variance / other.size];
  const t = (one.mean - other.mean) / Math.sqrt(a + b);
  const df = (a + b) ** 2 / (a ** 2 / (one.size - 1) + b ** 2 / (other.size - 1));
  return { t, df, p: 2 * tailOf(Math.abs(t), df) };
};
