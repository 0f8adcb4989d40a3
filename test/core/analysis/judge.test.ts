import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bin } from '../../../core/analysis/bin.ts';
import { stretchesOf } from '../../../core/analysis/bin.ts';
import { DEFAULT_PARAMETERS } from '../../../core/analysis/default-parameters.ts';
import { judge, type Learned } from '../../../core/analysis/judge.ts';
import { emptyProfile, learnedOf, withRelease } from '../../../core/analysis/warm-up.ts';

/** What one side does in a stretch of 5 s: errors, and requests slower than the median and than two higher marks. */
interface Side {
  readonly requests?: number;
  readonly errors?: number;
  readonly slow?: readonly number[] | undefined;
}

const FINE = [250, 50, 10];
const blueOf = (side: Side = {}): Side => ({ requests: 500, errors: 1, slow: FINE, ...side });
const greenOf = (side: Side = {}): Side => ({
  requests: 50,
  errors: 0,
  slow: FINE.map((count) => Math.round(count / 10)),
  ...side,
});

const at = (index: number, side: Bin['side'], { requests = 0, ...rest }: Side): Bin => ({
  start: index * 5,
  seconds: 5,
  side,
  requests,
  ...rest,
});

/** So many stretches, each as green and blue are by then. */
const binsOf = (
  many: number,
  green: (index: number) => Side,
  blue: (index: number) => Side = () => blueOf(),
) =>
  Array.from({ length: many }, (_, index) => [
    at(index, 'green', green(index)),
    at(index, 'blue', blue(index)),
  ]).flat();

const isBad = (bins: readonly Bin[]) => judge(bins, DEFAULT_PARAMETERS)?.isBad;

/** Seconds until green is rolled back; undefined if it is not. */
const stoppedAt = (bins: readonly Bin[], learned?: Learned) => {
  const ends = [...new Set(bins.map(({ start, seconds }) => start + seconds))];
  return ends.find(
    (end) =>
      judge(
        bins.filter(({ start, seconds }) => start + seconds <= end),
        DEFAULT_PARAMETERS,
        { learned, marks: bins.some(({ slow }) => slow) ? 3 : 0 },
      )?.isBad,
  );
};

/** A failure more or less in each stretch, for about so many in a hundred requests. */
const failing = (percent: number) => (index: number) =>
  greenOf({ errors: Math.floor(((index + 1) * percent) / 2) - Math.floor((index * percent) / 2) });

/** Slow and failing at first, and ever less. */
const cold = (index: number): Side => {
  const left = Math.exp(-index / 2.4);
  return greenOf({
    errors: Math.round(4 * left),
    slow: [25 + 25 * left, 5 + 40 * left, 0.5 + 30 * left].map(Math.round),
  });
};

describe('the judge', () => {
  it('knows nothing before there are bins of both sides', () => {
    expect(judge([], DEFAULT_PARAMETERS)).toBeUndefined();
    expect(judge([at(0, 'green', greenOf({ errors: 50 }))], DEFAULT_PARAMETERS)).toBeUndefined();
  });

  it('keeps a green that is like blue, for twenty minutes', () => {
    expect(stoppedAt(binsOf(240, failing(0.2)))).toBeUndefined();
  });

  it('stops a green that fails two in a hundred within a minute, and says what it was', () => {
    const bins = binsOf(12, failing(2));
    expect(stoppedAt(bins)).toBeLessThanOrEqual(60);
    expect(judge(bins, DEFAULT_PARAMETERS)).toMatchObject({ mostly: 'errors', isWarming: false });
  });

  it('keeps a green that fails as blue does, however often that is', () => {
    const bad = (requests: number) => ({ requests, errors: requests / 10 });
    expect(
      isBad(
        binsOf(
          200,
          () => greenOf(bad(50)),
          () => blueOf(bad(500)),
        ),
      ),
    ).toBe(false);
  });

  it('gives a cold start its time, which it does not give a green that only fails', () => {
    expect(stoppedAt(binsOf(60, cold))).toBeUndefined();
    expect(stoppedAt(binsOf(60, (index) => greenOf({ errors: cold(index).errors! })))).toBeLessThan(
      60,
    );
  });

  it('stops a catastrophe at once, warm or not', () => {
    const green = (index: number) => ({ ...cold(index), errors: 25 });
    expect(stoppedAt(binsOf(60, green))).toBe(5);
  });

  it('does not take a broken world for a catastrophe', () => {
    const half = (requests: number) => ({ requests, errors: requests / 2 });
    expect(
      isBad(
        binsOf(
          100,
          () => greenOf(half(50)),
          () => blueOf(half(500)),
        ),
      ),
    ).toBe(false);
  });

  it('stops a green that stays slow, once it should be warm', () => {
    const second = stoppedAt(binsOf(60, () => greenOf({ slow: [45, 20, 5] })));
    expect(second).toBeGreaterThan(60);
    expect(second).toBeLessThanOrEqual(80);
  });

  it('stops what begins late', () => {
    const second = stoppedAt(binsOf(120, (index) => (index < 60 ? greenOf() : failing(4)(index))));
    expect(second).toBeGreaterThan(300);
    expect(second).toBeLessThan(360);
  });

  it('does not wait for a start that it has learned, and lets that pass', () => {
    const past = Array.from({ length: 20 }, () => stretchesOf(binsOf(60, cold)));
    const learned = learnedOf(past.reduce(withRelease, emptyProfile(5, 3)));
    expect(stoppedAt(binsOf(60, cold), learned)).toBeUndefined();
    const slow = binsOf(60, (index) => (index < 6 ? cold(index) : greenOf({ slow: [45, 20, 5] })));
    expect(stoppedAt(slow, learned)).toBeLessThan(stoppedAt(slow)!);
  });

  it('judges by counts alone where nobody measured latency', () => {
    const unmeasured = (side: Side) => ({ ...side, slow: undefined });
    const bins = binsOf(
      60,
      (index) => unmeasured(failing(4)(index)),
      () => unmeasured(blueOf()),
    );
    expect(stoppedAt(bins)).toBeGreaterThan(60);
    expect(stoppedAt(bins)).toBeLessThan(120);
  });

  it('gives every start its time where nobody measured latency, but not a catastrophe', () => {
    const unmeasured = (side: Side) => ({ ...side, slow: undefined });
    const starts = (green: (index: number) => Side) =>
      binsOf(
        60,
        (index) => unmeasured(green(index)),
        () => unmeasured(blueOf()),
      );
    expect(stoppedAt(starts(cold))).toBeUndefined();
    expect(stoppedAt(starts(() => greenOf({ errors: 20 })))).toBeLessThan(20);
  });

  it('needs more to stop a green by a stretch that holds its whole start, where nobody measured latency', () => {
    const minute = (errors: number): Bin[] =>
      (['green', 'blue'] as const).map((side) => ({
        ...{ start: 0, seconds: 60, side },
        ...(side === 'green' ? { requests: 600, errors } : { requests: 5400, errors: 5 }),
      }));
    const stopped = (errors: number) =>
      judge(minute(errors), DEFAULT_PARAMETERS, { marks: 0 })?.isBad;
    const learned = { errors: () => 1, slow: [] };
    const known = (errors: number) =>
      judge(minute(errors), DEFAULT_PARAMETERS, { marks: 0, learned })?.isBad;
    expect([5, 9, 13].map(known)).toEqual([false, true, true]);
    expect([5, 9, 13].map(stopped)).toEqual([false, false, true]);
  });

  it('does not mind in which order bins come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.infiniteStream(fc.nat()),
        (percent, order) => {
          const bins = binsOf(12, failing(percent));
          const shuffled = bins
            .map((bin) => ({ bin, key: order.next().value! }))
            .sort((a, b) => a.key - b.key)
            .map(({ bin }) => bin);
          expect(judge(shuffled, DEFAULT_PARAMETERS)).toEqual(judge(bins, DEFAULT_PARAMETERS));
        },
      ),
    );
  });

  it('has figures for any counts', () => {
    const counts = fc.constantFrom(0, 1, 3, 1e6, 1e9);
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.boolean(),
        fc.boolean(),
        (green, blue, greenFails, blueFails) => {
          const found = judge(
            binsOf(
              4,
              () => ({ requests: green, errors: greenFails ? green : 0, slow: [green] }),
              () => ({ requests: blue, errors: blueFails ? blue : 0, slow: [0] }),
            ),
            DEFAULT_PARAMETERS,
          );
          expect(Number.isNaN(found!.logEvidence)).toBe(false);
        },
      ),
    );
  });
});
