import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asJson, type Json, patched, patchOf } from '../../../core/facts/patch.ts';

/** JSON without null, which no record holds: in a patch it deletes. */
const value = fc.letrec<{ any: Json; object: { [name: string]: Json } }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie('any'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'constructor', '__proto__'), tie('any'), {
    maxKeys: 4,
  }),
})).object;

describe('a patch', () => {
  it('makes the one value of the other, whatever they are', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const [a, b] = [asJson(before), asJson(after)] as [typeof before, typeof after];

        expect(patched(a, patchOf(a, b) ?? {})).toEqual(b);
      }),
      { numRuns: 2000 },
    );
  });

  it('is nothing where nothing differs', () => {
    fc.assert(fc.property(value, (one) => patchOf(one, structuredClone(one)) === undefined));
  });

  it('is nothing where members of an object in a list come in another order', () => {
    expect(
      patchOf({ votes: [{ by: 'judge', ok: true }] }, { votes: [{ ok: true, by: 'judge' }] }),
    ).toBe(undefined);
  });

  it('says no more than what differs', () => {
    const before = { lane: { live: 'web:1', share: 0 }, hooks: ['a'], busy: { since: 1 }, same: 1 };
    const after = { lane: { live: 'web:1', share: 10 }, hooks: ['a', 'b'], same: 1 };

    expect(patchOf(before, after)).toEqual({ busy: null, lane: { share: 10 }, hooks: ['a', 'b'] });
  });
});
