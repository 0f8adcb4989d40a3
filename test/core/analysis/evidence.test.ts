/** Laws of the evidence, for any traffic and any failures. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logSum, openEvidence, type Prior, type Step } from '../../../core/analysis/evidence.ts';
import { logLikelihoodRatios } from '../../../core/statistics/hypergeometric.ts';

const prior: Prior = {
  margin: 1.25,
  odds: [1.5, 3, 10, 100],
  atOnce: 0.5,
  onceWarm: 0.25,
  warmAfter: 60,
  onsetEvery: 30,
};

/** Requests and failures of both sides, in any number that fits. */
const side = (most: number) =>
  fc.nat(most).chain((requests) => fc.tuple(fc.constant(requests), fc.nat(requests)));
const stepArbitrary = fc.tuple(side(60), side(200)).map(([[green, x], [blue, y]]) => ({
  green,
  blue,
  failures: x + y,
  greenFailures: x,
}));
const stepsArbitrary = fc
  .array(stepArbitrary, { minLength: 1, maxLength: 40 })
  .map((steps): readonly Step[] => steps.map((step, i) => ({ ...step, end: (i + 1) * 5 })));

const evidenceOf = (steps: readonly Step[], by: Prior) => steps.map(openEvidence(by));
const lastOf = (steps: readonly Step[]) => evidenceOf(steps, prior).at(-1)!;

describe('a likelihood ratio', () => {
  it('has a mean of 1 where the odds are those of the null, whatever the share of failures', () => {
    fc.assert(
      fc.property(
        stepArbitrary,
        fc.constantFrom(1, 1.25, 4),
        fc.double({ min: 1.1, max: 100, noNaN: true }),
        (step, none, odds) => {
          const counts = { green: step.green, blue: step.blue, failures: step.failures };
          const least = Math.max(0, step.failures - step.blue);
          const all = Array.from(
            { length: Math.min(step.green, step.failures) - least + 1 },
            (_, i) => least + i,
          );
          // Against odds of 1, the ratio is the probability itself over that under odds of 1: it sums to the mean.
          const logRatio = (k: number, to: number) => logLikelihoodRatios(counts, k, 1, [to])[0]!;
          const hyper = all.map((k) => logWeight(counts, k));
          const total = logSum(hyper);
          const mean = logSum(
            all.map(
              (k, i) =>
                hyper[i]! -
                total +
                logRatio(k, none) +
                logLikelihoodRatios(counts, k, none, [odds])[0]!,
            ),
          );
          expect(mean).toBeCloseTo(0, 8);
        },
      ),
    );
  });
});

/** ln of C(green, k) C(blue, failures - k), the long way. */
const logWeight = (
  { green, blue, failures }: { green: number; blue: number; failures: number },
  k: number,
) => {
  const choose = (n: number, m: number) => {
    let log = 0;
    for (let i = 1; i <= m; i += 1) log += Math.log((n - m + i) / i);
    return log;
  };
  return choose(green, k) + choose(blue, failures - k);
};

describe('evidence', () => {
  it('grows when a request of green fails that did not', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.nat(), (steps, at) => {
        const i = at % steps.length;
        const step = steps[i]!;
        fc.pre(step.greenFailures < step.green);
        const worse = {
          ...step,
          failures: step.failures + 1,
          greenFailures: step.greenFailures + 1,
        };
        const after = lastOf(steps.with(i, worse));
        expect(after.any).toBeGreaterThanOrEqual(lastOf(steps).any - 1e-9);
      }),
    );
  });

  it('shrinks when a request of blue fails that did not', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.nat(), (steps, at) => {
        const i = at % steps.length;
        const step = steps[i]!;
        fc.pre(step.failures - step.greenFailures < step.blue);
        const after = lastOf(steps.with(i, { ...step, failures: step.failures + 1 }));
        expect(after.any).toBeLessThanOrEqual(lastOf(steps).any + 1e-9);
      }),
    );
  });

  it('does not know what comes after', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.nat(), (steps, at) => {
        const many = 1 + (at % steps.length);
        expect(evidenceOf(steps.slice(0, many), prior)).toEqual(
          evidenceOf(steps, prior).slice(0, many),
        );
      }),
    );
  });

  it('for defects of warm green is a part of the whole', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        for (const { any, warm } of evidenceOf(steps, prior))
          expect(warm).toBeLessThanOrEqual(any + 1e-12);
      }),
    );
  });

  it.each([
    ['nothing', { green: 0, blue: 0, failures: 0, greenFailures: 0 }, 0, 0],
    ['no failure', { green: 1e9, blue: 1e9, failures: 0, greenFailures: 0 }, 0, 0],
    ['nothing but failures', { green: 1e9, blue: 9e9, failures: 1e10, greenFailures: 1e9 }, 0, 0],
    ['all of green', { green: 1e9, blue: 9e9, failures: 1e9, greenFailures: 1e9 }, 1e8, 1e12],
    ['all of blue', { green: 1e9, blue: 9e9, failures: 9e9, greenFailures: 0 }, -Infinity, 0],
  ])('of %s is a number', (_, counts, least, most) => {
    const { any } = lastOf([{ ...counts, end: 5 }]);
    expect(any).toBeGreaterThanOrEqual(least - 1e-9);
    expect(any).toBeLessThanOrEqual(most + 1e-9);
  });
});
