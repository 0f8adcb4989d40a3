import { describe, expect, it } from 'vitest';
import { remembered } from '../../../core/text/remembered.ts';

const counting = (most: number) => {
  const made: unknown[] = [];
  const make = remembered((value) => {
    made.push(value);
    if (value === 'bad') throw new Error('bad');
    return { of: [value] };
  }, most);
  return { made, make };
};

describe('what is remembered', () => {
  it('is made once of values that are the same', () => {
    const { made, make } = counting(2);

    expect(make({ a: 1 })).toBe(make({ a: 1 }));
    expect(make({ a: 2 })).toEqual({ of: [{ a: 2 }] });
    expect(made).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('is what was used last', () => {
    const { made, make } = counting(2);
    for (const value of [1, 2, 1, 3, 1, 2]) make(value);

    expect(made).toEqual([1, 2, 3, 2]);
  });

  it('can be changed by nobody', () => {
    const { make } = counting(1);

    expect(() => make(1).of.push(2)).toThrow(TypeError);
  });

  it('is nothing that was thrown, and nothing of which JSON makes no text', () => {
    const { made, make } = counting(2);
    for (let n = 0; n < 2; n += 1) {
      expect(() => make('bad')).toThrow('bad');
      make(5n);
    }

    expect(made).toEqual(['bad', 5n, 'bad', 5n]);
  });
});
