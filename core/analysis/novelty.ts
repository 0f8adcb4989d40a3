/** How new a value is: how far it lies outside of everything that is remembered. */
import { openSortedMemory } from './sorted-memory.ts';

/** Values that must be remembered before one can be new. */
const FEWEST = 20;

/** A side of the median counts as at least this part of the whole range, or a floor at zero would make every dip new. */
const LEAST_SIDE = 0.1;

/** Sides below this part of what is measured count as rounding. */
const ROUNDING = 1e-9;

/** The highest novelty; nobody needs to tell more. */
const MOST = 1000;

/** A gap beside what was usual on that side, as a finite number. */
const ratio = (gap: number, side: number, range: number, rounding: number): number =>
  Math.min(MOST, gap / Math.max(side, LEAST_SIDE * range, rounding));

/**
 * Takes values and gives the novelty of each by those before it: 0 inside their range; outside, the gap to the nearest
 * as a part of the distance from the median to that end. It is the ratio of Dixon ("Analysis of Extreme Values", 1950:
 * gap over range) with the range of one side, since most metrics are skewed. `size` is how large what is measured is: a
 * spread of nearly nothing is rounding beside large values.
 */
export const openNovelty = (capacity: number): ((value: number, size?: number) => number) => {
  const memory = openSortedMemory(capacity);
  const noveltyOf = (value: number, rounding: number): number => {
    const size = memory.size();
    if (size < FEWEST) return 0;
    const [low, high] = [memory.at(0), memory.at(size - 1)];
    if (value >= low && value <= high) return 0;
    const middle = (size - 1) >> 1;
    return value > high
      ? ratio(value - high, high - memory.at(middle), high - low, rounding)
      : ratio(low - value, memory.at(size - 1 - middle) - low, high - low, rounding);
  };
  return (value, size = Math.abs(value)) => {
    const novelty = noveltyOf(value, ROUNDING * size);
    memory.push(value);
    return novelty;
  };
};
