/** Statistics of the values between two bounds: trimmed count `TC(:0.3)`, `TC(10%:90%)`, `tc90`, percentile rank `PR(:300)`. */
import type { Bucket } from './bucket.ts';

/** From a lower bound, which is outside, to an upper one, which is inside. */
interface Range {
  readonly above: number;
  readonly upTo: number;
}

type Statistic = (bucket: Bucket, range: Range) => number | undefined;

const NUMBER = String.raw`\d+(?:\.\d{1,10})?`;
const VALUES = new RegExp(`^\\((${NUMBER})?:(${NUMBER})?\\)$`);
const PERCENTS = new RegExp(`^\\((?:(${NUMBER})%)?:(?:(${NUMBER})%)?\\)$`);

/** The bounds in a pair of brackets; undefined where there are none, or no room between them. */
const rangeIn = (text: string, form: RegExp, highest: number): Range | undefined => {
  const [found, above, upTo] = form.exec(text) ?? [];
  if (found === undefined || (above === undefined && upTo === undefined)) return undefined;
  const range = {
    above: above === undefined ? Number.NEGATIVE_INFINITY : Number(above),
    upTo: upTo === undefined ? highest : Number(upTo),
  };
  return range.above < range.upTo && range.upTo <= highest ? range : undefined;
};

const byValue: Statistic = ({ values }, { above, upTo }) => {
  if (!values) return undefined;
  let inside = 0;
  for (const [value, times] of values) if (value > above && value <= upTo) inside += times;
  return inside;
};

/** Whole data points: what becomes of one that a percentage cuts in two no document says. */
const byRank: Statistic = ({ values, count }, { above, upTo }) =>
  values && Math.floor((upTo * count) / 100) - Math.floor((Math.max(0, above) * count) / 100);

/** In percent. */
const share: Statistic = (bucket, range) => {
  const inside = byValue(bucket, range);
  return inside === undefined ? undefined : (100 * inside) / bucket.count;
};

/** Every way to write one: how its name begins, the form of what follows, the highest bound, and what it gives. */
const FORMS: readonly (readonly [string, RegExp, number, Statistic])[] = [
  ['TC', VALUES, Number.POSITIVE_INFINITY, byValue],
  ['TC', PERCENTS, 100, byRank],
  ['PR', VALUES, Number.POSITIVE_INFINITY, share],
];

/** The statistic of this name; undefined where it is not one of these. Without single values it knows nothing. */
export const statisticBetween = (
  name: string,
): ((bucket: Bucket) => number | undefined) | undefined => {
  // `tc90` is short for `TC(:90%)`.
  const long = name.replace(/^tc([\d.]+)$/, 'TC(:$1%)');
  for (const [kind, form, highest, give] of FORMS) {
    const range = long.startsWith(kind) ? rangeIn(long.slice(2), form, highest) : undefined;
    if (range) return (bucket) => give(bucket, range);
  }
  return undefined;
};
