import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_DETECTION,
  type Detection,
  isAnomalous,
  openDetector,
  THRESHOLD,
} from '../../../core/analysis/anomaly.ts';
import { openNovelty } from '../../../core/analysis/novelty.ts';
import { openSortedMemory } from '../../../core/analysis/sorted-memory.ts';
import { median, openSpan, standardDeviation } from '../../../core/analysis/span.ts';
import { normalQuantile } from '../../../core/statistics/normal.ts';

const scoresOf = (values: readonly number[], detection?: Detection): readonly number[] =>
  values.map(openDetector(detection));

/** Indices of anomalies. */
const anomaliesIn = (values: readonly number[], detection?: Detection): readonly number[] =>
  scoresOf(values, detection).flatMap((score, index) => (score >= THRESHOLD ? [index] : []));

/** Uniform numbers in (0, 1) that repeat (Park and Miller's generator). */
const uniform = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
};

const gaussian = (many: number, seed: number): readonly number[] => {
  const next = uniform(seed);
  return Array.from({ length: many }, () => normalQuantile(next()));
};

/** Small lengths, so that memories overflow within a few values. */
const SMALL: Detection = { memory: 30, level: 3, spread: 6, bar: 0.06, quiet: 4 };

/** Any numbers, of which many are the same. */
const series = fc.array(
  fc.oneof(
    fc.constantFrom(0, 1, 2, 1e9, -1e9, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
    fc.constantFrom(Number.NaN, Infinity, -Infinity),
    fc.double(),
  ),
  { maxLength: 150 },
);

describe('the detector', () => {
  it('does not know what comes later: the scores of a beginning are the beginning of the scores', () => {
    fc.assert(
      fc.property(series, series, (values, later) => {
        expect(scoresOf([...values, ...later], SMALL).slice(0, values.length)).toEqual(
          scoresOf(values, SMALL),
        );
      }),
    );
  });

  it('scores whatever it gets from 0 to 1', () => {
    fc.assert(
      fc.property(series, (values) => {
        for (const score of scoresOf(values, SMALL)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('forgets what is further back than its memory', () => {
    const { memory, level, spread, quiet } = SMALL;
    const reach = memory + Math.max(level, spread, quiet);
    const recent = fc.array(fc.integer({ min: 0, max: 9 }), {
      minLength: reach,
      maxLength: reach,
    });
    fc.assert(
      fc.property(series, recent, fc.nat(99), (past, latest, next) => {
        const of = (before: readonly number[]) =>
          scoresOf([...before, ...latest, next], { ...SMALL, quiet: 0 }).at(-1);
        expect(of(past)).toBe(of([]));
      }),
    );
  });

  it('has no unit: the same metric in another one has the same scores', () => {
    const values = gaussian(2000, 1);
    const scores = scoresOf(values);
    scoresOf(values.map((value) => value * 1024)).forEach((score, index) => {
      expect(score).toBeCloseTo(scores[index]!, 9);
    });
  });

  it('finds a spike in noise, at once and no second time', () => {
    const values = gaussian(3000, 2).with(2000, 12);
    expect(anomaliesIn(values).filter((index) => index > 1900 && index < 2200)).toEqual([2000]);
  });

  it('finds a spike in a quiet night, though days spread further', () => {
    const values = Array.from({ length: 3000 }, (_, index) => {
      const isNight = index % 600 < 300;
      return 10 + (isNight ? 0.1 : 1) * (index % 12 < 6 ? 8 : -8);
    }).with(2500, 24);
    // The first night is news as well.
    expect(anomaliesIn(values)).toEqual([300, 2500]);
  });

  it('finds a step that no single value shows, within its hour', () => {
    const values = Array.from({ length: 3000 }, (_, index) => {
      const isHigh = index >= 2000 || index % 12 < 5;
      return (isHigh ? 10 : 0) + (index % 13) / 13;
    });
    const [found] = anomaliesIn(values).filter((index) => index >= 1900);
    expect(found).toBeGreaterThanOrEqual(2000);
    expect(found).toBeLessThan(2000 + DEFAULT_DETECTION.level);
  });

  it('finds that a metric has gone silent, or wild, within the range of its values', () => {
    const silent = gaussian(3000, 4).map((value, index) => (index < 2000 ? value : 0.1));
    const wild = gaussian(3000, 5).map((value, index) =>
      index < 2000 ? Math.tanh(value) * (index % 20 === 0 ? 1 : 0.1) : Math.sign(value),
    );
    for (const values of [silent, wild]) {
      const [found] = anomaliesIn(values).filter((index) => index >= 1950);
      expect(found).toBeGreaterThanOrEqual(2000);
      expect(found).toBeLessThan(2000 + DEFAULT_DETECTION.spread);
    }
  });

  it.each([
    ['zero', () => 0],
    ['1e9', () => 1e9],
    ['a number that has no exact sum', () => 0.1],
    ['the largest number', () => Number.MAX_VALUE],
    ['a rhythm', (index: number) => 0.1 + 0.7 * (Math.floor(index / 12) % 2)],
    ['a rhythm on top of 1e9', (index: number) => 1e9 + Math.sin((index * Math.PI) / 144)],
  ])('finds nothing in what repeats: %s', (_, at) => {
    expect(anomaliesIn(Array.from({ length: 6000 }, (_, index) => at(index)))).toEqual([]);
  });

  it.each([
    [0, 1e-9],
    [0.1, 0.2],
    [1e9, 1e9 + 10],
    [-1e9, 0],
    [1e9, Number.MAX_VALUE],
  ])('finds that what was %d throughout is %d', (before, after) => {
    expect(anomaliesIn([...Array(1000).fill(before), after])).toEqual([1000]);
  });

  it('finds nothing in what is only rounding', () => {
    expect(anomaliesIn([...Array(1000).fill(1e9), 1e9 + 1e-3])).toEqual([]);
    const wobbly = Array.from({ length: 6000 }, (_, index) => 0.3 + (index % 97 < 5 ? 4e-17 : 0));
    expect(new Set(wobbly).size).toBe(2);
    expect(anomaliesIn(wobbly)).toEqual([]);
  });

  it('passes over what is no number, as if it had not been there', () => {
    const values = gaussian(500, 6).with(300, 12);
    const gaps = values.flatMap((value) => [value, Number.NaN, -Infinity]);
    const scores = scoresOf(gaps);
    expect(scores.filter((_, index) => index % 3 === 0)).toEqual(scoresOf(values));
    expect(scores.filter((_, index) => index % 3 !== 0).every((score) => score === 0)).toBe(true);
  });

  it('is quiet after an anomaly for as long as it is told, whatever comes', () => {
    const values = [...Array(1000).fill(0), ...Array.from({ length: 200 }, (_, i) => 10 ** i)];
    const found = anomaliesIn(values);
    expect(found.slice(0, 2)).toEqual([1000, 1000 + DEFAULT_DETECTION.quiet + 1]);
    expect(anomaliesIn(values, { ...DEFAULT_DETECTION, bar: 1e-30 }).slice(0, 2)).toEqual(
      found.slice(0, 2),
    );
  });

  it('cries wolf at most once in 800 values of Gaussian noise, once it knows the metric', () => {
    const [series, length, known] = [10, 6000, 600];
    const alarms = Array.from({ length: series }, (_, seed) =>
      anomaliesIn(gaussian(length, 100 + seed)).filter((index) => index >= known),
    ).flat();
    expect(alarms.length).toBeLessThanOrEqual((series * (length - known)) / 800);
  });
});

describe('caution', () => {
  it('is due if one of the scores passes the threshold', () => {
    expect(isAnomalous([])).toBe(false);
    expect(isAnomalous([0, THRESHOLD - 1e-9])).toBe(false);
    expect(isAnomalous([0, THRESHOLD, 0])).toBe(true);
  });
});

describe('novelty', () => {
  it('is the gap beside the side of the median', () => {
    const novelty = openNovelty(100);
    for (let value = 0; value <= 20; value += 1) expect(novelty(value === 20 ? 0 : value)).toBe(0);
    // 0 to 19 and 0 again: the median is 9, so the side up to 19 has 10, and the side down to 0 has 9.
    expect(novelty(24)).toBeCloseTo(5 / 10, 12);
    expect(novelty(-3)).toBeCloseTo(3 / 10, 12);
    expect(novelty(24)).toBe(0);
  });

  it('is little where a floor has no side', () => {
    const novelty = openNovelty(100);
    for (let index = 0; index < 100; index += 1) novelty(index % 10 === 0 ? 10 : 0);
    expect(novelty(-0.1)).toBeCloseTo(0.1, 12);
  });
});

describe('a memory', () => {
  it('holds the latest values, sorted, and never more than it has room for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 })),
        fc.integer({ min: 1, max: 12 }),
        (values, room) => {
          const memory = openSortedMemory(room);
          for (const [index, value] of values.entries()) {
            memory.push(value);
            const latest = values.slice(Math.max(0, index + 1 - room), index + 1);
            expect(memory.size()).toBe(latest.length);
            expect(latest.map((_, rank) => memory.at(rank))).toEqual(
              latest.toSorted((a, b) => a - b),
            );
          }
        },
      ),
    );
  });
});

describe('a span', () => {
  it('has the figure of its latest values, and none before it is full', () => {
    const level = openSpan(3, median);
    expect([5, 1, 2, 9, 9, 0, 0].map(level)).toEqual([undefined, undefined, 2, 2, 9, 9, 0]);
  });

  it('spreads by the standard deviation, of equal values by exactly nothing', () => {
    expect(standardDeviation(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9))).toBe(2);
    expect(standardDeviation(Float64Array.of(1e9 + 2, 1e9 + 4))).toBe(1);
    expect(standardDeviation(new Float64Array(48).fill(0.1))).toBe(0);
  });
});
