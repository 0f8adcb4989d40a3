/** Advises another curve: one that shows a risky green to fewer users, or gives green enough requests beside blue. It only suggests: a deployment that exists takes none. */
import type { Series } from '../analysis/tally.ts';
import { predefinedCurves } from '../drivers/curves.ts';
import { DRIVERS } from '../drivers/drivers.ts';
import type { Target } from '../drivers/target.ts';
import { type Curve, minutesToShift, sharesOf } from '../release/curve.ts';

/** Minutes from which on a shift is slow enough for a risky release: it shows green to a tenth of the users for as long, or to more of them step by step. */
const CALM = 15;

/** The quickest slow curve, of those that AWS predefines for every driver, that is slower than this one; undefined where none is. */
export const calmerCurve = (curve: Curve): Curve | undefined =>
  predefinedCurves(Object.values(DRIVERS).map(({ name }) => name)).find(
    (one) => minutesToShift(one) >= CALM && minutesToShift(one) > minutesToShift(curve),
  );

/** The shift of a target. */
export interface Shift {
  readonly curve: Curve;
  /** Drivers of the pair's targets: a curve is one for all of them. */
  readonly drivers: readonly Target['driver'][];
  /** Whether all traffic has reached green. */
  readonly isOver: boolean;
}

/** A curve, and the requests of each side while it lets both have users. @internal */
export interface Pace {
  readonly curve: Curve;
  readonly green: number;
  readonly blue: number;
}

/** Requests of green that are needed beside so many of blue for each of green. */
export type Needed = (ratio: number) => number;

/** By how many times as many requests a curve must give: traffic changes, and the first minute may not count. */
const SPARE = 1.5;

/** A release is not slow for nothing before another curve is so many times as quick. */
const QUICKER = 2;

/** Longest shift that is suggested, in minutes: a day. */
const LONGEST = 1440;

/** Percent of traffic in a step of a curve that nobody predefines. */
const STEP = 10;

/** Requests a minute of both sides together, by what was counted so far while blue had users. */
export const requestsPerMinute = ({ seconds, rows }: Series): number => {
  const end = rows.findLastIndex(([, , blue = 0]) => blue > 0);
  const compared = end < 0 ? rows : rows.slice(0, end + 1);
  const last = compared.at(-1);
  if (!last) return 0;
  const sum = (side: 1 | 2) => compared.reduce((all, row) => all + row[side]!, 0);
  // There is no row of a minute in which green had no request: of blue's others nothing is known.
  const [ofGreen, ofBlue] = [sum(1) / (last[0]! + 1), sum(2) / compared.length];
  return ((ofGreen + ofBlue) * 60) / seconds;
};

/** What a curve gives each side at so many requests a minute. @internal */
export const paceOf = (curve: Curve, perMinute: number): Pace => {
  const shares = sharesOf(curve);
  const sum = (part: (share: number) => number) =>
    shares.reduce((all, { share, minutes }) => all + part(share) * minutes * perMinute, 0);
  return { curve, green: sum((share) => share), blue: sum((share) => 1 - share) };
};

const isEnough = ({ green, blue }: Pace, needed: Needed): boolean =>
  green > 0 && green >= SPARE * needed(blue / green);

/** What predefined curves give that give enough, the quickest first. */
const enoughOf = (drivers: readonly Target['driver'][], perMinute: number, needed: Needed) =>
  predefinedCurves(drivers)
    .map((curve) => paceOf(curve, perMinute))
    .filter((pace) => isEnough(pace, needed));

/** The linear curve of its own that would do, where none is predefined; undefined where a day would not. */
const ownCurve = (perMinute: number, needed: Needed): Pace | undefined => {
  const { green, blue } = paceOf({ type: 'linear', percent: STEP, minutes: 1 }, perMinute);
  const minutes = Math.ceil((SPARE * needed(blue / green)) / green);
  const curve: Curve = { type: 'linear', percent: STEP, minutes };
  return minutesToShift(curve) <= LONGEST ? paceOf(curve, perMinute) : undefined;
};

/** What is suggested. */
export type Advice =
  | { readonly say: 'slower' | 'quicker' | 'own'; readonly pace: Pace }
  | { readonly say: 'never' };

/**
 * What gives a green enough that has had too few; undefined while its own curve may still, or where no number of
 * requests does.
 */
export const slowerAdvice = (
  { curve, drivers, isOver }: Shift,
  perMinute: number,
  needed: Needed,
): Advice | undefined => {
  if (perMinute === 0 || !Number.isFinite(needed(1))) return undefined;
  const own = paceOf(curve, perMinute);
  if (!isOver && isEnough(own, needed)) return undefined;
  const slower = enoughOf(drivers, perMinute, needed).find(({ green }) => green > own.green);
  if (slower) return { say: 'slower', pace: slower };
  const custom = ownCurve(perMinute, needed);
  if (!custom) return { say: 'never' };
  return custom.green > own.green ? { say: 'own', pace: custom } : undefined;
};

/** What would have been enough for a green that has had enough, once its shift is over; undefined where that is not much quicker. */
export const quickerAdvice = (
  { curve, drivers, isOver }: Shift,
  perMinute: number,
  needed: Needed,
): Advice | undefined => {
  const quickest = isOver ? enoughOf(drivers, perMinute, needed)[0] : undefined;
  return quickest && QUICKER * minutesToShift(quickest.curve) <= minutesToShift(curve)
    ? { say: 'quicker', pace: quickest }
    : undefined;
};
