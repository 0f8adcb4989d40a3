/** Where a function passes zero, by the method of Brent ("Algorithms for Minimization without Derivatives", 1973, chapter 4). */

const MOST_STEPS = 1000;

/** A point with the function's value there. */
interface At {
  readonly x: number;
  readonly y: number;
}

/** The step that interpolation proposes from `best` towards `other`, as a fraction p / q: a line through two points, a parabola through three. */
const proposal = (before: At, best: At, other: At) => {
  const width = other.x - best.x;
  if (before.x === other.x) {
    const slope = best.y / before.y;
    return { p: width * slope, q: 1 - slope };
  }
  const q = before.y / other.y;
  const r = best.y / other.y;
  const s = best.y / before.y;
  return {
    p: s * (width * q * (q - r) - (best.x - before.x) * (r - 1)),
    q: (q - 1) * (r - 1) * (s - 1),
  };
};

/**
 * A root of a function between two points at which it has different signs, within `tolerance`; of a function with
 * jumps, a point near one. Which one depends on the tolerance, so whoever compares with R takes R's: 1e-4.
 */
export const rootOf = (
  f: (x: number) => number,
  from: number,
  to: number,
  tolerance: number,
): number => {
  let before: At = { x: from, y: f(from) };
  let best: At = { x: to, y: f(to) };
  let other = before;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const last = best.x - before.x;
    if (Math.abs(other.y) < Math.abs(best.y)) [before, best, other] = [best, other, best];
    const exact = 2 * Number.EPSILON * Math.abs(best.x) + tolerance / 2;
    const half = (other.x - best.x) / 2;
    if (Math.abs(half) <= exact || best.y === 0) return best.x;
    let next = half;
    if (Math.abs(last) >= exact && Math.abs(before.y) > Math.abs(best.y)) {
      const { p, q } = proposal(before, best, other);
      const [up, down] = p > 0 ? [p, -q] : [-p, q];
      const isInside = up < 0.75 * (other.x - best.x) * down - Math.abs(exact * down) / 2;
      if (isInside && up < Math.abs((last * down) / 2)) next = up / down;
    }
    if (Math.abs(next) < exact) next = next > 0 ? exact : -exact;
    before = best;
    best = { x: best.x + next, y: f(best.x + next) };
    if (best.y > 0 === other.y > 0 && best.y !== 0) other = before;
  }
  return best.x;
};
