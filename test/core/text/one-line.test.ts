import { expect, it } from 'vitest';
import { errorText } from '../../../core/text/errors.ts';
import { isSeen, oneLine } from '../../../core/text/one-line.ts';

it('leaves a plain text as it is', () => {
  expect(oneLine('10 % für 5 Minuten – 👩‍🚒 sagt ja')).toBe('10 % für 5 Minuten – 👩‍🚒 sagt ja');
});

it.each([
  ['lines', 'all well\r\n\nEnded: Promoted', 'all well Ended: Promoted'],
  ['what steers a terminal', 'a\u001b[2Kb\u0000\u009bc', 'a [2Kb c'],
  ['what turns the direction of a text', 'a\u202eb\u2069c', 'a b c'],
  ['the separators of Unicode', 'a\u2028b\u2029c', 'a b c'],
])('makes one line of %s', (_, text, line) => {
  expect(oneLine(text)).toBe(line);
});

it('leaves out what nobody sees, so that a name stays the name that it looks like', () => {
  expect(oneLine('a\u200bd\u200ea\ufeff')).toBe('ada');
});

it.each([
  ['ada', true],
  ['\u4e16', true],
  ['\ud83d\udc69\u200d\ud83d\udcbb', true],
  ['', false],
  [' ', false],
  ['\u0000', false],
  ['\u00ad', false],
  ['\u2060', false],
  ['\u2800', false],
  ['\u3164', false],
])('knows whether people see anything of %j: %s', (text, seen) => {
  expect(isSeen(text)).toBe(seen);
});

it('cuts what is too long, and shows that it did', () => {
  expect(oneLine('abcdef', 6)).toBe('abcdef');
  expect(oneLine('abcdefg', 6)).toBe('abcde…');
});

it('keeps of an error its name and the beginning of what it says', () => {
  expect(errorText(new RangeError('out of\nrange'))).toBe('RangeError: out of range');
  expect(errorText('a text')).toBe('Error: a text');
  expect(errorText(new Error('x'.repeat(1e6))).length).toBe(400);
});
