import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openApproval } from '../../../core/people/approval.ts';
import {
  isPending,
  isSecret,
  type Link,
  linkTo,
  linkUrl,
  nonceOf,
  readLink,
  signatureOf,
  signedText,
} from '../../../core/people/approval-link.ts';
import { momentAfter, record } from '../fixture.ts';

const secretOf = (link: Link): Uint8Array =>
  createHmac('sha256', 'a key').update(signedText(link)).digest();

const asking = (release: string) => {
  const before = record({ release });
  return { ...before, approval: openApproval(before, 'a nonce', momentAfter(0)) };
};

const autumn = asking('autumn');
const link = linkTo(autumn, autumn.approval);
const PAGE = 'https://abc.lambda-url.us-east-1.on.aws/';

/** Whether a link with these parameters opens the page of the release that it names. */
const isGood = (parameters: Record<string, string>, minute = 1, releases = [autumn]): boolean => {
  const { link: said, signature } = readLink(parameters);
  const named = releases.find(({ release }) => release === said.release);
  return (
    isSecret(signature, signatureOf(secretOf(said))) && isPending(said, named, momentAfter(minute))
  );
};

const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams);
const parameters = parametersOf(linkUrl(PAGE, link, secretOf(link)));

const id = fc.stringMatching(/^[0-9A-Za-z_-]{1,80}$/);
const anyLink: fc.Arbitrary<Link> = fc.record({
  pair: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/),
  release: id,
  approval: id,
  expires: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
});

describe('a link', () => {
  it('opens what it is for, until it expires', () => {
    expect(isGood(parameters)).toBe(true);
    expect(isGood(parameters, 59)).toBe(true);
    expect(isGood(parameters, 60)).toBe(false);
  });

  it('says in its URL what was put in', () => {
    fc.assert(
      fc.property(anyLink, (one) => {
        const read = readLink(parametersOf(linkUrl(PAGE, one, secretOf(one))));
        expect(read).toEqual({ link: one, signature: signatureOf(secretOf(one)) });
      }),
    );
  });

  it('is refused when any bit of any part of it is another', () => {
    const places = Object.entries(parameters).flatMap(([name, text]) =>
      [...text].map((_, index) => ({ name, index })),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.integer({ min: 0, max: 6 }),
        ({ name, index }, bit) => {
          const text = parameters[name]!;
          const other = String.fromCharCode(text.charCodeAt(index) ^ (1 << bit));
          const changed = `${text.slice(0, index)}${other}${text.slice(index + 1)}`;
          expect(isGood({ ...parameters, [name]: changed })).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is refused when a part is missing, or anything stands in its place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(parameters)),
        fc.option(fc.string(), { nil: undefined }),
        (name, text) => {
          fc.pre(text !== parameters[name]);
          const { [name]: _, ...rest } = parameters;
          expect(isGood(text === undefined ? rest : { ...rest, [name]: text })).toBe(false);
        },
      ),
    );
  });

  it('signs unlike links with unlike signatures, whichever part differs', () => {
    const part = fc.constantFrom(...(['pair', 'release', 'approval', 'expires'] as const));
    fc.assert(
      fc.property(anyLink, anyLink, part, (a, other, name) => {
        const b = { ...a, [name]: other[name] };
        fc.pre(a[name] !== b[name]);
        expect(signedText(a)).not.toBe(signedText(b));
        expect(signatureOf(secretOf(a))).not.toBe(signatureOf(secretOf(b)));
        expect(nonceOf(secretOf(a))).not.toBe(nonceOf(secretOf(b)));
      }),
    );
  });

  it('opens no other release, by whatever part of it is swapped', () => {
    const winter = asking('winter');
    const other = parametersOf(
      linkUrl(PAGE, linkTo(winter, winter.approval), secretOf(linkTo(winter, winter.approval))),
    );
    const both = [autumn, winter];
    expect(isGood(other, 1, both)).toBe(true);
    for (const name of ['release', 'approval', 'signature'])
      expect(isGood({ ...parameters, [name]: other[name]! }, 1, both)).toBe(false);
  });

  it.each([
    ['was answered', { approval: { ...autumn.approval, state: 'approved', by: 'grace' } }],
    ['asks anew', { approval: { ...autumn.approval, id: 'another' } }],
    ['asks until another moment', { approval: { ...autumn.approval, expiresAt: momentAfter(90) } }],
    ['rolls back', { decision: 'rollback' }],
    ['has ended', { end: 'Aborted' }],
  ])('is refused when its release %s', (_, change) => {
    expect(isGood(parameters, 1, [{ ...autumn, ...change } as typeof autumn])).toBe(false);
  });

  it('gives the nonce of its page away to nobody who has only the link', () => {
    expect(nonceOf(secretOf(link))).not.toBe(signatureOf(secretOf(link)));
    expect(isSecret(signatureOf(secretOf(link)), nonceOf(secretOf(link)))).toBe(false);
  });
});
