import { afterEach, describe, expect, it, vi } from 'vitest';
import { BoundedRegExp } from '../../../../packages/sandbox/machine/definition/bounds.ts';

afterEach(() => vi.restoreAllMocks());

/** Backtracks about twice as long for each letter more. */
const CATASTROPHE = '^(a+)+$';

/** A text on which the catastrophe takes longer than a search gets, and ends within some seconds. */
const slowText = (): string => {
  for (let letters = 18; ; letters += 1) {
    const text = `${'a'.repeat(letters)}!`;
    const began = performance.now();
    new RegExp(CATASTROPHE).exec(text);
    if (performance.now() - began > 700) return text;
  }
};

describe('a search', () => {
  it('is given up when it has had its processor time', () => {
    expect(() => new BoundedRegExp(CATASTROPHE).exec(`${'a'.repeat(60)}!`)).toThrow(
      'the search for /^(a+)+$/ takes too long',
    );
  });

  it('is not given up because a busy machine gave it no processor time', () => {
    const text = slowText();
    vi.spyOn(process, 'threadCpuUsage').mockReturnValue({ user: 0, system: 0 });

    expect(new BoundedRegExp(CATASTROPHE).exec(text)).toBeNull();
  });

  it('finds one match after the other, as any regular expression does', () => {
    const letters = new BoundedRegExp('[a-z]', 'g');

    expect([letters.exec('a1b'), letters.exec('a1b'), letters.exec('a1b')]).toMatchObject([
      { 0: 'a', index: 0 },
      { 0: 'b', index: 2 },
      null,
    ]);
  });
});
