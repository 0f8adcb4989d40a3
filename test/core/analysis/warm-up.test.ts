import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stretchesOf } from '../../../core/analysis/bin.ts';
import { binsOfTally } from '../../../core/analysis/tally.ts';
import {
  emptyProfile,
  learnedOf,
  type Profile,
  withRelease,
} from '../../../core/analysis/warm-up.ts';

/** The stretches of rows of a minute: requests of green and blue, then failures of both. */
const release = (...rows: readonly (readonly number[])[]) =>
  stretchesOf(
    binsOfTally({ errors: { seconds: 60, rows: rows.map((row, index) => [index, ...row]) } }),
  );

const taughtBy = (times: number, rows: ReturnType<typeof release>, profile = emptyProfile(60, 0)) =>
  Array.from({ length: times }).reduce<Profile>((sum) => withRelease(sum, rows), profile);

const COLD = release([600, 5400, 60, 54], [600, 5400, 6, 54], [600, 5400, 6, 54]);
const FINE = release([600, 5400, 6, 54], [600, 5400, 6, 54], [600, 5400, 6, 54]);

const row = fc
  .record({
    green: fc.nat(1_000_000),
    blue: fc.nat(1_000_000),
    ofGreen: fc.double({ min: 0, max: 1, noNaN: true }),
    ofBlue: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ green, blue, ofGreen, ofBlue }) => [
    ...[green, blue],
    ...[Math.floor(green * ofGreen), Math.floor(blue * ofBlue)],
  ]);

describe('how a target starts', () => {
  it('is what its good releases had in each slot', () => {
    const { errors } = learnedOf(taughtBy(5, COLD))!;
    expect(errors(0)).toBeCloseTo(11, 0);
    expect(errors(60)).toBeCloseTo(1, 1);
    expect(errors(600)).toBe(1);
  });

  it('is no worse than usual where nothing failed, however unlike the sides are in size', () => {
    const { errors } = learnedOf(taughtBy(5, release([10, 5000, 0, 0], [10, 5000, 0, 2])))!;
    expect([errors(0), errors(60), errors(120)]).toEqual([1, 1, 1]);
  });

  it('takes a later slot that looks worse by chance for the same, and one that is worse for worse', () => {
    const later = (failures: number) =>
      learnedOf(taughtBy(5, release([600, 5400, 6, 54], [600, 5400, failures, 54])))!.errors(60);
    expect(later(7)).toBeCloseTo(1.08, 2);
    expect(later(60)).toBeCloseTo(11, 0);
  });

  it('counts only what both sides had requests in', () => {
    const alone = release([600, 0, 300, 0], [0, 5400, 0, 54], [600, 5400, 6, 54]);
    expect(taughtBy(1, alone).errors).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [600, 5400, 6, 54],
    ]);
  });

  it('forgets what was long ago', () => {
    const before = learnedOf(taughtBy(30, COLD))!.errors(0);
    const faded = (releases: number) =>
      learnedOf(taughtBy(releases, FINE, taughtBy(30, COLD)))!.errors(0);
    expect(faded(10)).toBeLessThan(before);
    expect(faded(30)).toBeLessThan(before / 2);
    expect(faded(200)).toBeCloseTo(1, 1);
  });

  it('comes to rest when the same release comes for ever, at thirty of it', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), row, (rows, first) => {
        const same = release(...rows);
        const rest = taughtBy(30, same);
        const found = taughtBy(600, same, taughtBy(7, release(first)));
        expect(found.releases).toBe(30);
        for (const [index, cell] of found.errors.entries())
          for (const [part, value] of cell.entries()) {
            const expected = rest.errors[index]![part]!;
            expect(Math.abs(value - expected)).toBeLessThan(0.1 + expected * 1e-4);
          }
      }),
      { numRuns: 50 },
    );
  });

  it('is a number, and at least what is usual, whatever was counted', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        (rows, many) => {
          const { errors } = learnedOf(taughtBy(many, release(...rows)))!;
          for (const second of [0, 60, 120, 180]) {
            expect(errors(second)).toBeGreaterThanOrEqual(1);
            expect(errors(second)).toBeLessThan(Number.POSITIVE_INFINITY);
          }
        },
      ),
    );
  });
});
