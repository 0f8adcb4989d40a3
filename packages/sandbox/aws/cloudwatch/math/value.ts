/** Values of metric math and how they are combined. */

/** A time series: value by start of the period, in milliseconds; a time without data is absent. */
export type Series = ReadonlyMap<number, number>;

/** One number, a series, or several of them. */
export type Value = number | Series | readonly Value[];

/** What an expression can see. */
export interface Scope {
  /** Throws SyntaxError for an id that nobody has declared. */
  read(id: string): Value;
  /** Seconds of the period of a metric or expression. */
  periodOf(id: string): number;
  /** Starts of all periods that are asked for, oldest first. */
  readonly times: readonly number[];
}

/** Tells a list from a number or a series. */
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Tells a series from a number or a list. */
export const isSeries = (value: Value): value is Series => value instanceof Map;

/** The value at a time; a number is the same at every time. */
export const at = (value: Value, time: number): number | undefined =>
  typeof value === 'number' ? value : isSeries(value) ? value.get(time) : undefined;

/** A series of what `make` gives for each time; nothing and results that are no number leave a gap, as on AWS. */
export const seriesOf = (
  times: Iterable<number>,
  make: (time: number) => number | undefined,
): Series => {
  const series = new Map<number, number>();
  for (const time of times) {
    const value = make(time);
    if (value !== undefined && Number.isFinite(value)) series.set(time, value);
  }
  return series;
};

/** The times at which at least one of the values has data, oldest first. */
export const timesOf = (values: readonly Value[]): number[] =>
  [...new Set(values.filter(isSeries).flatMap((series) => [...series.keys()]))].sort(
    (a, b) => a - b,
  );

/** Combines values time by time. A time at which one of the series has no data is left out. */
export const zip = (
  values: readonly Value[],
  combine: (numbers: readonly number[]) => number,
): Value => {
  if (values.some(isList)) {
    if (values.length > 1) throw new SyntaxError('a list cannot be combined with an operator');
    return (values[0] as readonly Value[]).map((value) => zip([value], combine));
  }
  if (!values.some(isSeries)) return combine(values as readonly number[]);
  return seriesOf(timesOf(values), (time) => {
    const numbers = values.map((value) => at(value, time));
    return numbers.includes(undefined) ? undefined : combine(numbers as number[]);
  });
};
