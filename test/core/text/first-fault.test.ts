import { expect, it } from 'vitest';
import { brief } from '../../../core/text/first-fault.ts';

it.each([
  ['Green is proven: pass', 'Green is proven: pass'],
  ['two  spaces\nand a line stay', 'two  spaces\nand a line stay'],
  ['✖ names no target\n  → at targets', 'names no target → at targets'],
  [
    'blue calls green: ✖ Invalid → at a ✖ Invalid → at b',
    'blue calls green: Invalid → at a, and 1 more',
  ],
  ['x: ✖ one\n  → at a\n✖ two\n  → at b\n✖ three\n  → at c', 'x: one → at a, and 2 more'],
])('names the first fault of %j and counts the others', (text, expected) => {
  expect(brief(text)).toBe(expected);
});
