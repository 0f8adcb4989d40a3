/** Synthetic pairs whose truth is known: what is said of their releases must come true as often as it says. */
import { describe, expect, it } from 'vitest';
import { type Change, SIZES } from '../../../core/release/change.ts';
import type { PastRelease } from '../../../core/release/fate.ts';
import { logistic, logOdds } from '../../../core/risk/posterior.ts';
import { riskOf } from '../../../core/risk/risk.ts';
import { CENTRES, LOADINGS, SPREADS, WEIGHTS } from '../../../core/risk/weights.ts';
import { toMoment } from '../../../core/text/time.ts';
import { randomFrom } from '../../../scripts/bench/judge/random.ts';
import { betaQuantile } from '../../../scripts/bench/statistics/beta.ts';
import { calibrationError, type Predicted } from '../../../scripts/risk/score.ts';
import { atMinute } from '../fixture.ts';
import { course, ONE_DAY } from './fixture.ts';

const READ = 30;
/** Releases after which a pair is known. */
const LEARNED = 10;
const RELEASES = 40;
const PAIRS = 60;

interface Truth {
  /** Share of ordinary releases that are rolled back. */
  readonly base: (random: () => number) => number;
  /** How much of the weights holds. */
  readonly scale: (random: () => number) => number;
  readonly known?: (change: Change) => Change;
  /** By how many times the pair's releases are larger than those that the weights come from. */
  readonly times?: number;
}

/** Box and Muller's. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A release that is drawn by the model of the sizes, with the log odds that its size adds under all of the weights. */
const drawn = (times: number, random: () => number) => {
  const common = normal(random);
  const scores = SIZES.map((size) => ({
    size,
    score: LOADINGS[size] * common + Math.sqrt(1 - LOADINGS[size] ** 2) * normal(random),
  }));
  return {
    odds: scores.reduce((sum, { size, score }) => sum + WEIGHTS[size] * SPREADS[size] * score, 0),
    change: Object.fromEntries(
      scores.map(({ size, score }) => {
        const value = times * Math.exp(CENTRES[size] + SPREADS[size] * score);
        return [size, Math.round(Math.max(0, value - 1))];
      }),
    ) as Change,
  };
};

/** What is said of the releases of one pair, each by those before it. */
const pairOf = (
  { base, scale, known = (change) => change, times = 1 }: Truth,
  random: () => number,
): readonly Predicted[] => {
  const [intercept, holds] = [logOdds(base(random)), scale(random)];
  const before: PastRelease[] = [];
  const predicted = Array.from({ length: RELEASES }, (_, index) => {
    const { odds, change } = drawn(times, random);
    const started = toMoment(atMinute(index * ONE_DAY));
    const bad = random() < logistic(intercept + holds * odds);
    const risk = riskOf(known(change), before.slice(0, READ), course, started);
    before.unshift({
      intent: 'release',
      end: bad ? 'RolledBack' : 'Promoted',
      times: { started },
      change: known(change),
      targets: {},
    });
    return { probability: risk?.probability ?? 0, bad };
  });
  return predicted.slice(LEARNED);
};

const played = (truth: Truth): readonly Predicted[] => {
  const random = randomFrom(20261126);
  return Array.from({ length: PAIRS }, () => pairOf(truth, random)).flat();
};

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Base and scale as they are believed of a pair of which nothing is known. */
const believed: Truth = {
  base: (random) => betaQuantile(0.4, 3.6, 0.001 + 0.998 * random()),
  scale: (random) => [0, 0.5, 0.5, 1][Math.floor(4 * random())]!,
};
const half = () => 0.5;

describe('what is said of the risk comes true as often as it says', () => {
  it('of pairs as they are believed to be', () => {
    expect(calibrationError(played(believed))).toBeLessThan(0.035);
  });

  it.each<[string, Truth]>([
    ['one in ten is rolled back', { base: () => 0.1, scale: half }],
    ['one in three is rolled back', { base: () => 0.33, scale: half }],
    ['the sizes tell nothing', { base: () => 0.1, scale: () => 0 }],
    ['releases are ten times as large as elsewhere', { base: () => 0.1, scale: half, times: 10 }],
    [
      'only files and lines are known',
      {
        ...{ base: () => 0.2, scale: half },
        known: ({ files, linesAdded, linesDeleted }) => ({ files, linesAdded, linesDeleted }),
      },
    ],
    ['no facts are known', { base: () => 0.2, scale: half, known: () => ({}) }],
  ])('of pairs of which %s', (_, truth) => {
    const predicted = played(truth);
    const said = mean(predicted.map(({ probability }) => probability));
    const came = mean(predicted.map(({ bad }) => (bad ? 1 : 0)));

    expect(Math.abs(said - came)).toBeLessThan(0.05);
    expect(calibrationError(predicted)).toBeLessThan(0.07);
  });
});
