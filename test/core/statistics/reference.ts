/** Values that scipy has calculated. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../data/stat_reference.json'), 'utf8'),
);

/** What differs from the reference by more than 1e-9 of it. */
export const wrong = (name: string, ours: (...row: any[]) => number) =>
  reference[name].flatMap((row: readonly unknown[]) => {
    const expected = row.at(-1) as number;
    const found = ours(...row.slice(0, -1));
    // What scipy rounds to nothing may be a number that has hardly a digit.
    const isClose = Math.abs(found - expected) <= Math.max(1e-9 * Math.abs(expected), 1e-300);
    return isClose ? [] : [{ row, found }];
  });
