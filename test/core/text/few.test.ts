import { expect, it } from 'vitest';
import { fewOf, leftOut, screenful } from '../../../core/text/few.ts';
import { brief } from '../../../core/text/first-fault.ts';

const problems = (count: number, text = 'wrong') =>
  Array.from({ length: count }, (_, index) => `✖ ${text} ${index}`);

it('leaves a few problems as they are', () => {
  expect(fewOf(problems(20))).toEqual(problems(20));
});

it.each([
  [21, '(1 more problem)'],
  [5000, '(4980 more problems)'],
])('names the first twenty of %i problems, and how many more there are', (count, last) => {
  expect(fewOf(problems(count))).toEqual([...problems(20), last]);
});

it('cuts a problem that is as long as a file', () => {
  const [first = '', more] = fewOf(problems(3, 'é'.repeat(100_000)));

  expect(first).toMatch(/^✖ é+…$/);
  expect(Buffer.byteLength(first)).toBeLessThanOrEqual(1500);
  expect(more).toBe('(2 more problems)');
});

it('is counted by whoever shows the first problem only', () => {
  const text = `input: ${fewOf(problems(5000)).join('\n')}`;

  expect(leftOut(text).left).toBe(4980);
  expect(brief(text)).toBe('input: wrong 0, and 4999 more');
});

it('leaves a text that fits a screen, and shows the beginning of one that does not', () => {
  expect(screenful('one\ntwo')).toBe('one\ntwo');
  expect(screenful('line\n'.repeat(10_000)).split('\n')).toHaveLength(25);
  expect(screenful('x'.repeat(320_000)).length).toBeLessThan(4096);
});
