/** The beta distribution: shares, and by it the tails of binomial and t. */
import { logBeta } from '../../../core/statistics/gamma.ts';

const TINY = 1e-300;
const PRECISION = 1e-16;
const MOST_STEPS = 100_000;

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
const fraction = (a: number, b: number, x: number): number => {
  const solid = (value: number) => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / solid(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m < MOST_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / solid(1 + even * d);
    c = solid(1 + even / c);
    product *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / solid(1 + odd * d);
    c = solid(1 + odd / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < PRECISION * 4) break;
  }
  return product;
};

/** A point between 0 and 1 with both of its distances, so that neither is lost near the other end. */
interface Point {
  readonly x: number;
  /** 1 - x. */
  readonly rest: number;
}

/** x^a (1 - x)^b / B(a, b). */
const logFront = (a: number, b: number, { x, rest }: Point): number =>
  a * (x > 0.5 ? Math.log1p(-rest) : Math.log(x)) +
  b * (rest > 0.5 ? Math.log1p(-x) : Math.log(rest)) -
  logBeta(a, b);

/** Probability that a variable of Beta(a, b) is at most the point; the fraction is short on the side of the mean that is used. */
const cdfAt = (a: number, b: number, point: Point): number => {
  const { x, rest } = point;
  if (x <= 0 || rest <= 0) return x <= 0 ? 0 : 1;
  const front = Math.exp(logFront(a, b, point));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(a, b, x)) / a
    : 1 - (front * fraction(b, a, rest)) / b;
};

/** Probability that a variable of Beta(a, b) is at most x: the regularised incomplete beta function. */
export const betaCdf = (a: number, b: number, x: number): number => cdfAt(a, b, { x, rest: 1 - x });

/** Probability that a variable of Beta(a, b) is above x, exact where that is little. */
export const betaTail = (a: number, b: number, x: number): number =>
  cdfAt(b, a, { x: 1 - x, rest: x });

const QUANTILE_STEPS = 200;

/** Finds ln x with `cdf` = p where x is at most 1/2: Newton's method on the logarithms, kept between what is known. */
const lowerQuantile = (a: number, b: number, p: number): number => {
  let [low, high] = [-745, Math.log(0.5)];
  let u = Math.max(low, Math.min(high, (Math.log(p) + Math.log(a) + logBeta(a, b)) / a));
  for (let step = 0; step < QUANTILE_STEPS; step += 1) {
    const x = Math.exp(u);
    const point = { x, rest: -Math.expm1(u) };
    const value = cdfAt(a, b, point);
    if (value < p) low = u;
    else high = u;
    // d ln(cdf) / du = x pdf / cdf, and x pdf = front / (1 - x).
    const slope = Math.exp(logFront(a, b, point)) / point.rest / value;
    const next = u - Math.log(value / p) / slope;
    const inside = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(inside - u) <= PRECISION * Math.max(1, Math.abs(u))) return inside;
    u = inside;
  }
  return u;
};

/** The point at which the cdf of Beta(a, b) is 0 < p < 1. */
export const betaPoint = (a: number, b: number, p: number): Point => {
  if (p <= cdfAt(a, b, { x: 0.5, rest: 0.5 })) {
    const u = lowerQuantile(a, b, p);
    return { x: Math.exp(u), rest: -Math.expm1(u) };
  }
  const u = lowerQuantile(b, a, 1 - p);
  return { x: -Math.expm1(u), rest: Math.exp(u) };
};

/** The x at which `betaCdf` is p. */
export const betaQuantile = (a: number, b: number, p: number): number => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability is between 0 and 1, not ${p}`);
  return p === 0 || p === 1 ? p : betaPoint(a, b, p).x;
};
