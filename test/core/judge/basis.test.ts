import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '../../../core/analysis/tally.ts';
import { hashOf } from '../../../core/facts/fact.ts';
import { type Basis, basesOf, basisOf, type KeptBasis, lineOf } from '../../../core/judge/basis.ts';
import { reason } from '../../../core/release/reason.ts';

/** Rows of so many minutes. */
const series = (minutes: number, green = 600): Series => ({
  seconds: 60,
  rows: Array.from({ length: minutes }, (_, number) => [number, green, 5400, 1, 5]),
});

const basis = (minutes: number, change: Partial<Basis[string]> = {}): Basis => ({
  web: {
    figures: {
      ...{ from: 'web:1', to: 'web:2', marks: [12.5, 400] },
      tally: { errors: series(minutes), metrics: { rows: series(minutes, 7) } },
    },
    unusual: [],
    ...change,
  },
  constructor: { unusual: [] },
});

/** The lines of several bases, each behind the one before; nothing where one is that before it. */
const linesOf = (bases: readonly Basis[]) => {
  let last: KeptBasis | undefined;
  return bases.flatMap((one) => {
    const next = lineOf(last, one);
    last = next ? { hash: next.hash, basis: one } : last;
    return next ?? [];
  });
};

const several: fc.Arbitrary<readonly Basis[]> = fc.array(
  fc
    .record({
      minutes: fc.integer({ min: 0, max: 20 }),
      failed: fc.integer({ min: 0, max: 600 }),
      exits: fc.option(fc.record({ green: fc.nat(9), blue: fc.nat(9) }), { nil: undefined }),
      isUnusual: fc.boolean(),
    })
    .map(({ minutes, failed, exits, isUnusual }) => {
      const { rows } = series(minutes);
      const revised = rows.map((row, n) => (n === 0 ? [0, 600, 5400, failed, 5] : row));
      return basis(minutes, {
        figures: {
          ...{ from: 'web:1', to: 'web:2', marks: [] },
          tally: { errors: { seconds: 60, rows: revised } },
        },
        unusual: isUnusual ? [reason('unusual', 'web: 3 % of requests failed')] : [],
        ...(exits ? { exits } : {}),
      });
    }),
);

describe('what judgements rest on', () => {
  it('is read again as it was, each of it, from lines in any order', () => {
    fc.assert(
      fc.property(several, (bases) => {
        let last: KeptBasis | undefined;
        const names: string[] = [];
        const lines: string[] = [];
        for (const one of bases) {
          const next = lineOf(last, one);
          if (next) lines.unshift(next.line);
          last = next ? { hash: next.hash, basis: one } : last;
          names.push(last?.hash ?? '');
        }
        expect(names.map(basesOf(lines))).toEqual(bases);
      }),
    );
  });

  it('takes a row a minute, however many there are', () => {
    const sizes = linesOf(Array.from({ length: 120 }, (_, n) => basis(n + 1))).map(
      ({ line }) => line.length,
    );

    expect(sizes).toHaveLength(120);
    expect(Math.max(...sizes.slice(1))).toBeLessThan(300);
  });

  it('is kept once where nothing changes', () => {
    expect(linesOf([basis(3), basis(3), basis(3)])).toHaveLength(1);
  });

  it.each<[string, (lines: readonly string[]) => readonly string[]]>([
    ['one before it is missing', (lines) => lines.slice(1)],
    ['the bytes of one were changed', ([, ...rest]) => ['{"prev":"","patch":{}}', ...rest]],
    ['nothing is kept', () => []],
  ])('is not known where %s', (_, change) => {
    const all = linesOf([basis(1), basis(2)]);
    const lines = all.map(({ line }) => line);

    expect(basesOf(lines)(all[1]!.hash)).toEqual(basis(2));
    expect(basesOf(change(lines))(all[1]!.hash)).toBeUndefined();
  });

  it.each([
    ['has a member that is not known', { web: { unusual: [], newer: 1 } }],
    ['counts in another form', { web: { unusual: [], figures: { tally: { bins: [] } } } }],
    ['is no object', { web: 7 }],
  ])('is not known where it %s', (_, patch) => {
    const line = JSON.stringify({ prev: '', patch });
    expect(basesOf([line])(hashOf(line))).toBeUndefined();
  });

  it('has the figures of a target whatever it is called', () => {
    const beside = { constructor: { unusual: [] } };
    expect(basisOf({}, beside)).toEqual(beside);
  });
});
