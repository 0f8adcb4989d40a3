import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationOf, predefinedCurves } from '../../../core/drivers/curves.ts';
import {
  Curve,
  describeCurve,
  minutesToShift,
  nameCurve,
  sharesOf,
} from '../../../core/release/curve.ts';

const curves: fc.Arbitrary<Curve> = fc.oneof(
  fc.constant<Curve>({ type: 'all-at-once' }),
  fc.record({
    type: fc.constantFrom('canary', 'linear'),
    percent: fc.integer({ min: 1, max: 99 }),
    minutes: fc.integer({ min: 1, max: 2880 }),
  }) as fc.Arbitrary<Curve>,
);

describe('a curve', () => {
  it.each([
    [{ type: 'all-at-once' }, 0, 'all at once', 'ECSAllAtOnce', 'LambdaAllAtOnce'],
    [
      { type: 'canary', percent: 10, minutes: 5 },
      5,
      '10 % for 5 minutes, then all',
      'ECSCanary10Percent5Minutes',
      'LambdaCanary10Percent5Minutes',
    ],
    [
      { type: 'canary', percent: 10, minutes: 15 },
      15,
      '10 % for 15 minutes, then all',
      'ECSCanary10Percent15Minutes',
      'LambdaCanary10Percent15Minutes',
    ],
    [
      { type: 'linear', percent: 10, minutes: 1 },
      9,
      '10 % every minute',
      'ECSLinear10PercentEvery1Minutes',
      'LambdaLinear10PercentEvery1Minute',
    ],
    [
      { type: 'linear', percent: 10, minutes: 3 },
      27,
      '10 % every 3 minutes',
      'ECSLinear10PercentEvery3Minutes',
      'LambdaLinear10PercentEvery3Minutes',
    ],
  ] as const)(
    '%j takes %i minutes and is predefined on both sides',
    (curve, minutes, text, ecs, lambda) => {
      expect(minutesToShift(curve)).toBe(minutes);
      expect(describeCurve(curve)).toBe(text);
      expect(configurationOf('codedeploy-ecs', curve)).toEqual({
        name: `CodeDeployDefault.${ecs}`,
        predefined: true,
      });
      expect(configurationOf('codedeploy-lambda', curve)).toEqual({
        name: `CodeDeployDefault.${lambda}`,
        predefined: true,
      });
    },
  );

  it('needs custom configurations elsewhere, one for each driver', () => {
    const canary: Curve = { type: 'canary', percent: 10, minutes: 30 };
    expect(configurationOf('codedeploy-lambda', canary).predefined).toBe(true);
    expect(configurationOf('codedeploy-ecs', canary)).toEqual({
      name: 'Tandem.ecs.canary-10-30',
      predefined: false,
    });
  });

  it('takes the time of its steps but the first, which is immediate', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        let share = 0;
        let minutes = 0;
        while (share < 100) {
          const isFirst = share === 0;
          if (!isFirst && curve.type !== 'all-at-once') minutes += curve.minutes;
          if (curve.type === 'all-at-once' || (curve.type === 'canary' && !isFirst)) share = 100;
          else share += curve.percent;
        }
        expect(minutesToShift(curve)).toBe(minutes);
      }),
    );
  });

  it('has names that no other curve has, short enough for CodeDeploy', () => {
    fc.assert(
      fc.property(
        curves,
        curves,
        fc.constantFrom('codedeploy-ecs', 'codedeploy-lambda'),
        (a, b, driver) => {
          const [one, other] = [configurationOf(driver, a).name, configurationOf(driver, b).name];
          expect(one === other).toBe(describeCurve(a) === describeCurve(b));
          expect(one.length).toBeLessThanOrEqual(100);
          expect(Curve.safeParse(a).success).toBe(true);
        },
      ),
    );
  });
});

describe('the curves that are predefined', () => {
  it.each([
    [
      ['codedeploy-ecs', 'codedeploy-lambda'] as const,
      [
        'canary 10 % for 5 minutes',
        'linear 10 % every minute',
        'canary 10 % for 15 minutes',
        'linear 10 % every 3 minutes',
      ],
    ],
    [
      ['codedeploy-lambda'] as const,
      [
        'canary 10 % for 5 minutes',
        'linear 10 % every minute',
        'canary 10 % for 10 minutes',
        'canary 10 % for 15 minutes',
        'linear 10 % every 2 minutes',
        'linear 10 % every 3 minutes',
        'canary 10 % for 30 minutes',
        'linear 10 % every 10 minutes',
      ],
    ],
  ])('for %j are told the quickest first', (drivers, names) => {
    expect(predefinedCurves(drivers).map(nameCurve)).toEqual(names);
    for (const curve of predefinedCurves(drivers))
      for (const driver of drivers) expect(configurationOf(driver, curve).predefined).toBe(true);
  });
});

it('says how long green has which share beside blue: as long as the curve takes', () => {
  fc.assert(
    fc.property(curves, (curve) => {
      const shares = sharesOf(curve);
      expect(shares.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(minutesToShift(curve));
      for (const { share } of shares) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThan(1);
      }
    }),
  );
});
