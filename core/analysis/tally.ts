/** Counts of both sides as they are kept and handed over: a row of numbers a stretch, which is small and quickly read. */
import * as z from 'zod/mini';
import { Name } from '../text/schema.ts';
import type { Bin } from './bin.ts';

const Count = z.number().check(z.nonnegative());

/** Whether no side of a row has more failures than requests. */
const hasRoom = ([, green = 0, blue = 0, ...failures]: readonly number[]): boolean =>
  failures.every((count, index) => count <= (index < failures.length / 2 ? green : blue));

/**
 * Counts of one kind. A row is the number of its stretch since green's first request, requests of green, requests of
 * blue, then failures of green, then as many of blue: one of each, or one for each mark of slowness, the lowest first.
 */
export const Series = z.strictObject({
  /** Length of a stretch in seconds. */
  seconds: z.number().check(z.positive()),
  rows: z.array(
    z.array(Count).check(
      z.refine(
        ({ length }) => length >= 5 && length % 2 === 1,
        'must hold a number, requests of green and of blue, and as many failures of green as of blue',
      ),
      z.refine(hasRoom, 'must not hold more failures of a side than it has requests'),
    ),
  ),
});
export type Series = z.infer<typeof Series>;

/** What was counted of one target. */
export const Tally = z.strictObject({
  errors: Series,
  /** Requests slower than each mark; nothing where nobody measures, and no rows while nothing has been measured yet. */
  slow: z.optional(z.strictObject({ ...Series.shape, marks: z.int().check(z.minimum(1)) })),
  /** Counts of the metrics that the pair names, by their names. */
  metrics: z.optional(z.record(Name, Series)),
});
export type Tally = z.infer<typeof Tally>;

const sidesOf = ({ seconds, rows }: Series, what: 'errors' | 'slow'): Bin[] =>
  rows.flatMap(([number = 0, ofGreen = 0, ofBlue = 0, ...failures]) => {
    const at = { start: number * seconds, seconds };
    const marks = failures.length / 2;
    const [green, blue] = [failures.slice(0, marks), failures.slice(marks)];
    const counted = (of: readonly number[]) =>
      what === 'errors' ? { errors: of[0] } : { slow: of };
    return [
      { ...at, side: 'green' as const, requests: ofGreen, ...counted(green) },
      { ...at, side: 'blue' as const, requests: ofBlue, ...counted(blue) },
    ];
  });

/** The bins of one kind of failure. */
export const binsOfSeries = (series: Series): readonly Bin[] => sidesOf(series, 'errors');

/** The bins of a tally's errors and slowness. */
export const binsOfTally = ({ errors, slow }: Tally): readonly Bin[] => [
  ...sidesOf(errors, 'errors'),
  ...(slow ? sidesOf(slow, 'slow') : []),
];
