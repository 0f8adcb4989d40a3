import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../packages/sandbox/aws/cloudwatch/math/evaluate.ts';
import { idsOf, parseExpression } from '../../../../packages/sandbox/aws/cloudwatch/math/parse.ts';
import type { Value } from '../../../../packages/sandbox/aws/cloudwatch/math/value.ts';

const series = (...values: (number | undefined)[]) =>
  new Map(values.flatMap((value, time) => (value === undefined ? [] : [[time, value] as const])));

const metrics: Record<string, Value> = {
  a: series(1, 2, undefined, 4),
  b: series(10, undefined, 30, 40),
  zero: series(0, 0, 0, 0),
  none: series(),
};

const result = (text: string) => {
  const value = evaluate(parseExpression(text), {
    read: (id) => {
      if (metrics[id] === undefined) throw new SyntaxError(`unknown id ${id}`);
      return metrics[id];
    },
    periodOf: () => 60,
    times: [0, 1, 2, 3],
  });
  return value instanceof Map ? [0, 1, 2, 3].map((time) => value.get(time)) : value;
};

const gap = undefined;

describe('metric math', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['10 - 3 - 2', 5],
    ['1 < 2 AND 2 > 3', 0],
    ['1 == 1 || 0', 1],
    ['1.5e3', 1500],
    ['a', [1, 2, gap, 4]],
    ['a * 100', [100, 200, gap, 400]],
    ['-a', [-1, -2, gap, -4]],
    ['a + b', [11, gap, gap, 44]],
    ['a / zero', [gap, gap, gap, gap]],
    ['a >= 2', [0, 1, gap, 1]],
    ['FILL(a, 0)', [1, 2, 0, 4]],
    ['FILL(none, 7)', [7, 7, 7, 7]],
    ['FILL(a, REPEAT)', [1, 2, 2, 4]],
    ['FILL(a, b)', [1, 2, 30, 4]],
    [
      'FILL([a, b], 0)',
      [
        new Map([
          [0, 1],
          [1, 2],
          [2, 0],
          [3, 4],
        ]),
        new Map([
          [0, 10],
          [1, 0],
          [2, 30],
          [3, 40],
        ]),
      ],
    ],
    ['MAX(a)', 4],
    ['AVG(b)', 80 / 3],
    ['SUM(none)', 0],
    ['SUM([a, b])', [11, 2, 30, 44]],
    ['MIN([a, b, 3])', [1, 2, 3, 3]],
    ['MAX([1, 5, 3])', 5],
    ['IF(a > 1, b, 0)', [0, gap, gap, 40]],
    ['IF(a > 1, a)', [gap, 2, gap, 4]],
    ['IF(1, a, b)', [1, 2, gap, 4]],
    ['ABS(CEIL(0 - 1.5))', 1],
    ['SUM([a])/PERIOD(a)', [1 / 60, 2 / 60, gap, 4 / 60]],
    ['100*(FILL(a,0)+FILL(none,0))/MAX([FILL(b,0)+FILL(none,0),1])', [10, 200, 0, 10]],
  ])('%s', (text, expected) => {
    expect(result(text)).toEqual(expected);
  });

  it.each([
    ['1 +', /at the end/],
    ['(1', /\) expected/],
    ['1 2', /unexpected 2/],
    ['a ? b', /unexpected "\? b"/],
    ['ANOMALY_DETECTION_BAND(a)', /unknown function ANOMALY_DETECTION_BAND/],
    ['FILL(a)', /FILL takes 2 arguments/],
    ['FILL(a, LINEAR)', /LINEAR/],
    ['[a, b] + 1', /list/],
    ['unknown + 1', /unknown id/],
  ])('refuses %s', (text, message) => {
    expect(() => result(text)).toThrow(message);
  });

  it('knows which metrics an expression reads', () => {
    expect(idsOf(parseExpression('100 * FILL(m1, REPEAT) / MAX([m2, 1])'))).toEqual(['m1', 'm2']);
  });
});
