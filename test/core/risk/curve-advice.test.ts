import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '../../../core/analysis/tally.ts';
import { predefinedCurves } from '../../../core/drivers/curves.ts';
import { judgeTarget } from '../../../core/judge/assessment.ts';
import { missingText } from '../../../core/judge/words.ts';
import { type Curve, nameCurve, sharesOf } from '../../../core/release/curve.ts';
import { JudgeSettings } from '../../../core/release/judge-settings.ts';
import {
  paceOf,
  quickerAdvice,
  requestsPerMinute,
  type Shift,
  slowerAdvice,
} from '../../../core/risk/curve-advice.ts';

const POLICY = JudgeSettings.parse({});
const CANARY: Curve = { type: 'canary', percent: 10, minutes: 5 };
const SLOW: Curve = { type: 'linear', percent: 10, minutes: 3 };
const DRIVERS = ['codedeploy-ecs', 'codedeploy-lambda'] as const;

/** The minutes of a shift at so many requests a minute, all of which succeed, then two of green alone. */
const shifted = (curve: Curve, perMinute: number): Series => {
  const minutes = sharesOf(curve).flatMap(({ share, minutes }) =>
    Array.from({ length: minutes }, () => share),
  );
  const rows = [...minutes, 1, 1].flatMap((share, i) => {
    const green = Math.round(share * perMinute);
    return green > 0 ? [[i, green, perMinute - green, 0, 0]] : [];
  });
  return { seconds: 60, rows };
};

const judged = (curve: Curve, perMinute: number, isOver = true, policy = POLICY) =>
  judgeTarget(
    {
      target: 'web',
      tally: { errors: shifted(curve, perMinute) },
      marks: [],
      metrics: [],
      shift: { curve, drivers: DRIVERS, isOver },
    },
    policy,
    1,
  );

describe('the pace of a curve', () => {
  it.each<[Curve, number, number]>([
    [{ type: 'all-at-once' }, 0, 0],
    [CANARY, 50, 450],
    [{ type: 'linear', percent: 10, minutes: 1 }, 450, 450],
    [{ type: 'linear', percent: 30, minutes: 2 }, 360, 240],
  ])('of %j gives green and blue so many of 100 requests a minute', (curve, green, blue) => {
    const pace = paceOf(curve, 100);
    expect([pace.green, pace.blue].map(Math.round)).toEqual([green, blue]);
  });

  it('is measured by what both sides had, while blue had users', () => {
    for (const curve of [CANARY, SLOW])
      expect(requestsPerMinute(shifted(curve, 200))).toBeCloseTo(200, 6);
    expect(requestsPerMinute({ seconds: 10, rows: [[0, 5, 45, 0, 0]] })).toBeCloseTo(300, 6);
    expect(requestsPerMinute({ seconds: 60, rows: [] })).toBe(0);
    expect(requestsPerMinute({ seconds: 60, rows: [[0, 80, 0, 0, 0]] })).toBe(80);
    // Of ten minutes green had a request in two: the others had blue's alone, which nobody has counted.
    const rare = [
      [3, 1, 9, 0, 0],
      [9, 1, 9, 0, 0],
    ];
    expect(requestsPerMinute({ seconds: 60, rows: rare })).toBeCloseTo(9.2, 6);
  });
});

describe('a green with too few requests', () => {
  it('is told the quickest curve that would have given enough', () => {
    const { says, advice, reasons } = judged(CANARY, 300);
    expect(says).toEqual(['web: not enough traffic: green 150 requests, blue 1,350']);
    expect(advice![0]).toMatch(
      /^web: about [\d,]+ more would show a rise of 2 points; at this traffic linear 10 % every 3 minutes would give green about 4,\d00$/,
    );
    expect(reasons[0]!.text).toMatch(/^web: not enough traffic: .*; about .* more would show/);
  });

  it('is told a curve of its own where none that is predefined does', () => {
    expect(judged(CANARY, 50).advice![0]).toMatch(
      /; at this traffic linear 10 % every \d+ minutes, a configuration of your own, would give green about [\d,]+$/,
    );
  });

  it('reads one short sentence where no shift of a day would do, and never seven digits', () => {
    expect(judged(CANARY, 10, true, { ...POLICY, smallestRise: 0.5 }).advice).toEqual([
      'web: at this traffic no shift within a day is long enough',
    ]);
    const errors = { green: 38, blue: 109, greenFailures: 0, blueFailures: 0 };
    const missing = (wanted: number) => missingText({ errors }, { wanted, rise: 2 }, undefined);
    expect([512, 20_321, 3_732_170].map(missing)).toEqual([
      'about 470 more would show a rise of 2 points',
      'about 20,000 more would show a rise of 2 points',
      'more than 100,000 more would show a rise of 2 points',
    ]);
  });

  it('is told nothing while its own curve may still give enough', () => {
    const shift = { curve: SLOW, drivers: DRIVERS, isOver: false };
    const needed = () => 500;
    expect(slowerAdvice(shift, 200, needed)).toBeUndefined();
    expect(slowerAdvice({ ...shift, curve: CANARY }, 200, needed)).toMatchObject({
      say: 'slower',
    });
    expect(slowerAdvice(shift, 0, needed)).toBeUndefined();
    expect(slowerAdvice(shift, 200, () => Number.POSITIVE_INFINITY)).toBeUndefined();
  });

  it('gets what it is told: the judge has enough by that curve, and told too few by its own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 3000 }),
        fc.constantFrom(...predefinedCurves(DRIVERS)),
        (perMinute, curve) => {
          const { verdict, advice } = judged(curve, perMinute);
          if (verdict === 'pass') return;
          const [, name] =
            /at this traffic (.*?)(?:, a conf.*)? would give green/.exec(advice![0]!) ?? [];
          const better = predefinedCurves(DRIVERS).find((one) => nameCurve(one) === name);
          if (better) expect(judged(better, perMinute).verdict).toBe('pass');
        },
      ),
    );
  });
});

describe('a green with more than enough', () => {
  it('is told once, at the end, which curve would have been enough', () => {
    expect(judged(SLOW, 10_000, false).advice).toEqual([]);
    expect(judged(SLOW, 10_000).advice).toEqual([
      'web: canary 10 % for 5 minutes would have been enough (about 5,000 requests of green)',
    ]);
    expect(judged(CANARY, 10_000).advice).toEqual([]);
  });

  it('is told only of one that is twice as quick', () => {
    const enough = () => 1;
    const over = { drivers: DRIVERS, isOver: true };
    const minute: Curve = { type: 'linear', percent: 10, minutes: 1 };
    expect(quickerAdvice({ ...over, curve: minute }, 1000, enough)).toBeUndefined();
    expect(quickerAdvice({ ...over, curve: SLOW }, 1000, enough)).toMatchObject({
      say: 'quicker',
      pace: { curve: CANARY },
    });
  });

  it('is told none that CodeDeploy predefines for one half of the pair only', () => {
    const told = (drivers: Shift['drivers']) =>
      slowerAdvice({ curve: CANARY, drivers, isOver: true }, 100, () => 500);
    expect(told(['codedeploy-lambda'])).toMatchObject({
      pace: { curve: { type: 'linear', minutes: 2 } },
    });
    expect(told(DRIVERS)).toMatchObject({ pace: { curve: { type: 'linear', minutes: 3 } } });
  });
});
