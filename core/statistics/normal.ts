/** The standard normal distribution. */

/** Below this the series is short and loses nothing; above it the continued fraction converges in some dozen steps. */
const SERIES_BELOW = 2.5;

/** erf(x) for 0 ≤ x: a series of positive terms, so nothing cancels (DLMF 7.6.2). */
const erfSeries = (x: number): number => {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
};

/** erfc(x) for x ≥ 2.5 by the continued fraction DLMF 7.9.3, from its end. */
const erfcFraction = (x: number): number => {
  let tail = x;
  for (let n = 80; n >= 1; n -= 1) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
};

/** The complementary error function, exact to about 1e-15 of its value as far as 1e-300. @internal */
export const erfc = (x: number): number => {
  if (x < 0) return 2 - erfc(-x);
  return x < SERIES_BELOW ? 1 - erfSeries(x) : erfcFraction(x);
};

/** Probability that a standard normal variable is at most x. @internal */
export const normalCdf = (x: number): number => erfc(-x / Math.SQRT2) / 2;

/** A value near the quantile of 0 < p ≤ 1/2, off by 4.5e-4 (Abramowitz and Stegun 26.2.23). */
const roughQuantile = (p: number): number => {
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return above / below - t;
};

/** Halley's method triples the exact digits with each step: four digits become sixteen in two. */
const STEPS = 3;

/** The x at which `normalCdf` is p; infinite at 0 and 1. */
export const normalQuantile = (p: number): number => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability is between 0 and 1, not ${p}`);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  let x = roughQuantile(p);
  for (let step = 0; step < STEPS; step += 1) {
    const off = ((normalCdf(x) - p) * Math.sqrt(2 * Math.PI)) / Math.exp((-x * x) / 2);
    x -= off / (1 + (x * off) / 2);
  }
  return x;
};
