import * as z from 'zod/mini';
import '../text/schema.ts';

/** How traffic moves to green: all at once, one step and the rest, or equal steps. */
export const Curve = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all-at-once').check(z.describe('How traffic moves.')) }),
  z.strictObject({
    type: z.literal('canary').check(z.describe('How traffic moves.')),
    percent: z
      .int()
      .check(z.minimum(1), z.maximum(99))
      .check(z.describe('Percent of traffic that green gets first.')),
    minutes: z
      .int()
      .check(z.minimum(1), z.maximum(2880))
      .check(z.describe('Minutes until green gets the rest.')),
  }),
  z.strictObject({
    type: z.literal('linear').check(z.describe('How traffic moves.')),
    percent: z
      .int()
      .check(z.minimum(1), z.maximum(99))
      .check(z.describe('Percent of traffic that each step moves to green.')),
    minutes: z
      .int()
      .check(z.minimum(1), z.maximum(2880))
      .check(z.describe('Minutes from one step to the next.')),
  }),
]);
export type Curve = z.infer<typeof Curve>;

/** The curve as the word by which drivers list it: `canary 10 5`. */
export const curveKey = (curve: Curve): string =>
  curve.type === 'all-at-once' ? curve.type : `${curve.type} ${curve.percent} ${curve.minutes}`;

/** Minutes from the first shift to all traffic on green; the first step is immediate. */
export const minutesToShift = (curve: Curve): number => {
  if (curve.type === 'all-at-once') return 0;
  if (curve.type === 'canary') return curve.minutes;
  return (Math.ceil(100 / curve.percent) - 1) * curve.minutes;
};

/** Shares of traffic on green while blue has users as well, each with the minutes that it lasts. */
export const sharesOf = (
  curve: Curve,
): readonly { readonly share: number; readonly minutes: number }[] => {
  if (curve.type === 'all-at-once') return [];
  const { type, percent, minutes } = curve;
  const steps = type === 'canary' ? 1 : Math.ceil(100 / percent) - 1;
  return Array.from({ length: steps }, (_, step) => ({
    share: ((step + 1) * percent) / 100,
    minutes,
  }));
};

/** The steps of a curve: `10 % for 5 minutes`, `10 % every minute`. */
const stepText = ({ type, percent, minutes }: Exclude<Curve, { type: 'all-at-once' }>): string =>
  type === 'canary'
    ? `${percent} % for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`
    : `${percent} % every ${minutes === 1 ? 'minute' : `${minutes} minutes`}`;

/** The name of a curve among others: `canary 10 % for 5 minutes`, `linear 10 % every minute`. */
export const nameCurve = (curve: Curve): string =>
  curve.type === 'all-at-once' ? 'all at once' : `${curve.type} ${stepText(curve)}`;

/** The curve in words: `10 % for 5 minutes, then all`. */
export const describeCurve = (curve: Curve): string => {
  if (curve.type === 'all-at-once') return 'all at once';
  return curve.type === 'canary' ? `${stepText(curve)}, then all` : stepText(curve);
};
