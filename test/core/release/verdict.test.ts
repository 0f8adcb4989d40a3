import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REASON_CODES, Reason, reason, sameReason } from '../../../core/release/reason.ts';
import { fail, inconclusive, pass, type Verdict, worst } from '../../../core/release/verdict.ts';

const poor = inconclusive(reason('too-little-data', 'Nothing to see'));
const bad = fail(reason('smoke-failed', 'It answered 500'));

describe('worst', () => {
  it.each<[string, readonly Verdict[], Verdict]>([
    ['nothing passes', [], pass],
    ['all pass', [pass, pass], pass],
    ['one is unsure', [pass, poor], poor],
    ['one fails', [poor, bad, pass], bad],
    ['the same is said twice', [bad, bad], bad],
  ])('when %s', (_, verdicts, expected) => {
    expect(worst(verdicts)).toEqual(expected);
  });

  it('does not depend on the order, and is never milder than one of its parts', () => {
    const verdicts = fc.array(fc.constantFrom(pass, poor, bad), { maxLength: 6 });
    const gravity = ['pass', 'inconclusive', 'fail'];
    fc.assert(
      fc.property(verdicts, (list) => {
        const { verdict } = worst(list);
        expect(worst(list.toReversed()).verdict).toBe(verdict);
        const gravest = Math.max(0, ...list.map((one) => gravity.indexOf(one.verdict)));
        expect(gravity.indexOf(verdict)).toBe(gravest);
      }),
    );
  });
});

describe('reason', () => {
  it('cuts a long text so that a payload stays small, and is always valid', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 3000 }), (text) => {
        expect(Reason.safeParse(reason('busy', text)).success).toBe(true);
      }),
    );
    expect(reason('busy', 'x'.repeat(5000)).text).toHaveLength(2000);
  });

  it('is the same only if it says the same of the same target', () => {
    const one = reason('busy', 'It is busy', { target: 'web' });
    expect(sameReason(one, { ...one, figures: { share: 1 } })).toBe(true);
    expect(sameReason(one, { ...one, target: 'api' })).toBe(false);
  });

  it('has a meaning for every code', () => {
    for (const meaning of Object.values(REASON_CODES)) expect(meaning).toMatch(/\.$/);
  });
});
