import { describe, expect, it } from 'vitest';
import { isSettled, type WarmAnswer, warmTarget, warmText } from '../../../core/proof/warmed.ts';

const answers = (
  ...parts: readonly (readonly [count: number, milliseconds: number, failed?: boolean])[]
): WarmAnswer[] =>
  parts.flatMap(([count, milliseconds, failed = false]) =>
    Array.from({ length: count }, () => ({ milliseconds, failed })),
  );

describe('green that is warmed up', () => {
  it.each([
    ['is not settled before it had the least number of requests', answers([19, 30]), false],
    ['is settled by then when it is as fast as it will be', answers([20, 30]), true],
    ['is settled when it is slow by nature', answers([20, 1500]), true],
    [
      'is not settled while more than one answer in twenty was cold',
      answers([2, 1200], [30, 30]),
      false,
    ],
    ['is settled once cold answers are one in twenty', answers([2, 1200], [38, 30]), true],
    [
      'is not settled while failures of its start are more than one in twenty',
      answers([2, 9, true], [30, 30]),
      false,
    ],
    [
      'is settled when it goes on failing, since no request mends that',
      answers([20, 9, true]),
      true,
    ],
    ['is never sent more than three times the least number', answers([30, 1200], [30, 30]), true],
  ])('%s', (_, given, expected) => {
    expect(isSettled(given, 20)).toBe(expected);
  });

  it('is told by how many requests it had, and by its slowest answers at first and at last', () => {
    const web = warmTarget(answers([1, 812], [1, 40, true], [18, 35]));

    expect(web).toEqual({ requests: 20, failed: 1, slowest: { first: 812, last: 35 } });
    expect(warmText({ targets: { web, api: warmTarget([]) } })).toBe(
      'web 20 requests, 1 of them failed, slowest answer 812 → 35 ms; api has no requests to be warmed with',
    );
  });
});
