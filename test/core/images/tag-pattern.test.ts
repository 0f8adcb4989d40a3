import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern, patternProblem } from '../../../core/images/tag-pattern.ts';

const VERSION = '[0-9]*.[0-9]*.[0-9]*';

/** The same pattern as a regular expression, by another author: the platform. */
const expressionOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern.replace(/\[[^\]]+\]|\*|\?|[^*?[]/g, (part) =>
      part === '*'
        ? '.*'
        : part === '?'
          ? '.'
          : part.length > 1
            ? part.replace('[!', '[^')
            : part.replace(/[.]/, '\\.'),
    )}$`,
  );

describe('matchesPattern', () => {
  it.each([
    [VERSION, '2.0.0', true],
    [VERSION, '10.20.30-rc.1', true],
    [VERSION, 'pr-42-0a1b2c3', false],
    [VERSION, 'latest', false],
    [VERSION, 'v2.0.0', false],
    [VERSION, '2.0', false],
    ['*', 'anything', true],
    ['v?', 'v1', true],
    ['v?', 'v12', false],
    ['[!p]*', 'pr-1', false],
    ['release-*-final', 'release-a-final-b-final', true],
    ['v1.0', 'v1x0', false],
  ])('%s and %s: %s', (pattern, tag, matches) => {
    expect(matchesPattern(pattern, tag)).toBe(matches);
  });

  it('agrees with the same pattern written as a regular expression', () => {
    const part = fc.constantFrom('a', 'b', '.', '-', '*', '?', '[ab]', '[!a]', '[a-c]');
    const pattern = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const tag = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '-'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, tag, (one, text) => {
        expect(matchesPattern(one, text)).toBe(expressionOf(one).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers a pattern of many stars that a backtracking matcher never would', () => {
    expect(matchesPattern(`${'a*'.repeat(60)}b`, 'a'.repeat(128))).toBe(false);
  });
});

describe('patternProblem', () => {
  it('is none for a pattern that some tag matches', () => {
    const character = fc.constantFrom(...'abcXYZ019_');
    const parts = fc.array(
      fc.oneof(
        character.map((one) => [one, one]),
        character.map((one) => ['?', one]),
        character.map((one) => ['*', one]),
        character.map((one) => [`[${one}-${one}]`, one]),
      ),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(parts, (pairs) => {
        const pattern = pairs.map(([part]) => part).join('');
        expect(matchesPattern(pattern, pairs.map(([, one]) => one).join(''))).toBe(true);
        expect(patternProblem(pattern)).toBeUndefined();
      }),
    );
  });
});
