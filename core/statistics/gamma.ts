/** Logarithms of the gamma function and of what is made of it. */

/** From here on eight terms of Stirling's series are exact to the last bit. */
const STIRLING_FROM = 15;

/** B(2k) / (2k (2k - 1)) for k = 1 … 8, B(2k) being Bernoulli's numbers (DLMF 5.11.1). */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;

const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/** What Stirling's formula leaves over: ln Γ(x) - (x - 1/2) ln x + x - ln √2π, for x ≥ 15. */
const stirlingRest = (x: number): number => {
  const square = 1 / (x * x);
  return STIRLING.reduceRight((sum, term) => sum * square + term, 0) / x;
};

/**
 * ln Γ(x) for x > 0 (DLMF 5.11.1; below 15 by the recurrence 5.5.1).
 * @throws RangeError for other x
 */
const logGamma = (x: number): number => {
  if (!(x > 0)) throw new RangeError(`logGamma is for numbers above 0, not ${x}`);
  if (x === 1 || x === 2) return 0;
  let product = 1;
  let shifted = x;
  while (shifted < STIRLING_FROM) {
    product *= shifted;
    shifted += 1;
  }
  const large = (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI;
  return large + stirlingRest(shifted) - Math.log(product);
};

/**
 * ln B(a, b) for a, b > 0. What is large in both of Γ(b) and Γ(a + b) is left out instead of subtracted, so it stays
 * exact where b is a million (as in TOMS 708, algorithm `betaln`).
 * @internal
 */
export const logBeta = (a: number, b: number): number => {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large < STIRLING_FROM) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const sum = small + large;
  const rest = stirlingRest(large) - stirlingRest(sum);
  const ratio = -(large - 0.5) * Math.log1p(small / large);
  if (small < STIRLING_FROM) return logGamma(small) + ratio + rest + small * (1 - Math.log(sum));
  return (
    HALF_LOG_TWO_PI +
    stirlingRest(small) +
    rest +
    ratio -
    0.5 * Math.log(small) +
    small * Math.log(small / sum)
  );
};

/** ln of the number of ways to take k out of n. */
export const logChoose = (n: number, k: number): number =>
  k === 0 || k === n ? 0 : -Math.log(n + 1) - logBeta(k + 1, n - k + 1);
