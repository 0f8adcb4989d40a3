/** What the latest values of a stream are like together: their level, or how far they spread. */

/** A figure of some values. */
export type Statistic = (values: Float64Array) => number;

/** The middle value; of an even number of them the upper one (running medians: Tukey 1977, "Exploratory Data Analysis", chapter 7). */
export const median: Statistic = (values) => values.toSorted()[values.length >> 1]!;

/**
 * The standard deviation, of the population. Deviations are taken from one of the values before the mean is, so that
 * equal values have exactly 0, however large they are (Chan, Golub and LeVeque 1983, on shifted data).
 */
export const standardDeviation: Statistic = (values) => {
  const origin = values[0]!;
  const mean = values.reduce((sum, value) => sum + (value - origin), 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - origin - mean) ** 2, 0);
  return Math.sqrt(squares / values.length);
};

/** Takes values and gives a figure of the latest so many; undefined until there are as many. */
export const openSpan = (
  length: number,
  statistic: Statistic,
): ((value: number) => number | undefined) => {
  const latest = new Float64Array(length);
  let held = 0;
  return (value) => {
    latest.copyWithin(0, 1);
    latest[length - 1] = value;
    held = Math.min(length, held + 1);
    return held < length ? undefined : statistic(latest);
  };
};
