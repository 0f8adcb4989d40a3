import { expect, it } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../../core/analysis/default-parameters.ts';
import { judge } from '../../../core/analysis/judge.ts';
import { requestsToSee } from '../../../core/analysis/power.ts';
import { binsOfTally } from '../../../core/analysis/tally.ts';

/** Numbers that look random and are the same in every run (Park and Miller 1988). */
const randomFrom = (seed: number) => () => {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
};

/** A start that is as good as all that comes after it: nothing has to wait. */
const learned = { errors: () => 1, slow: [] };

const binomial = (n: number, p: number, random: () => number): number => {
  let sum = 0;
  for (let i = 0; i < n; i += 1) if (random() < p) sum += 1;
  return sum;
};

it.each([
  [0.001, 0.02, 9],
  [0.001, 0.05, 9],
  [0.01, 0.03, 1],
])(
  'names the requests after which nine of ten releases are seen: base %d, rise %d, ratio %d',
  (base, rise, ratio) => {
    const wanted = requestsToSee({ base, rise, ratio }, DEFAULT_PARAMETERS);
    const random = randomFrom(7);
    const each = 10;
    const seenWith = (requests: number) => {
      let seen = 0;
      for (let run = 0; run < 200; run += 1) {
        const rows = Array.from({ length: Math.ceil(requests / each) }, (_, i) => [
          ...[i, each, each * ratio],
          ...[binomial(each, base + rise, random), binomial(each * ratio, base, random)],
        ]);
        const tally = { errors: { seconds: 1, rows } };
        if (judge(binsOfTally(tally), DEFAULT_PARAMETERS, { learned })?.isBad) seen += 1;
      }
      return seen / 200;
    };
    expect(seenWith(wanted)).toBeGreaterThan(0.85);
    expect(seenWith(wanted / 2)).toBeLessThan(0.8);
  },
);

it('never sees what is within the margin, or has nothing to compare with', () => {
  expect(requestsToSee({ base: 0.5, rise: 0.02, ratio: 9 }, DEFAULT_PARAMETERS)).toBe(Infinity);
  expect(requestsToSee({ base: 0.001, rise: 0.02, ratio: 0 }, DEFAULT_PARAMETERS)).toBe(Infinity);
});
