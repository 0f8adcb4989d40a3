import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../core/facts/sentences.ts';
import {
  askedOf,
  isReleaseId,
  pairIn,
  ReleaseInput,
  readImage,
} from '../../../core/release/input.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('the first line of a ledger', () => {
  const input = {
    pair: 'storefront',
    targets: { web: { image: 'web:1' }, api: { version: '3' } },
    requestedBy: 'ada',
  };

  it.each([
    [{}, 'ada asked to release web and api'],
    [{ reason: ' \n ' }, 'ada asked to release web and api'],
    [{ reason: 'the autumn\nmenu' }, 'ada asked to release web and api: the autumn menu'],
    [{ intent: 'rollback', reason: 'prices' }, 'ada asked to roll back web and api: prices'],
  ])('of %j is "%s"', (change, text) => {
    const data = askedOf(ReleaseInput.parse({ ...input, ...change }));

    expect(sentenceOf({ kind: 'asked', data })).toBe(text);
  });
});

describe('readImage', () => {
  it.each([
    ['web:1', { repository: 'web', tag: '1' }],
    ['storefront/web:1.10.2-rc_1', { repository: 'storefront/web', tag: '1.10.2-rc_1' }],
    [`web@${DIGEST}`, { repository: 'web', digest: DIGEST }],
    [`web:1@${DIGEST}`, { repository: 'web', tag: '1', digest: DIGEST }],
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web:1',
      { host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', repository: 'team/web', tag: '1' },
    ],
    ['registry.local:5000/web:1', { host: 'registry.local:5000', repository: 'web', tag: '1' }],
  ])('reads %s', (image, expected) => {
    expect(readImage(image)).toEqual(expected);
  });

  it.each([
    '',
    'web',
    'web:',
    ':1',
    'Web:1',
    'web:1 ',
    'web:.hidden',
    `web:${'1'.repeat(129)}`,
    'web@sha256:abc',
    `web@${DIGEST.toUpperCase()}`,
    'web//app:1',
    '/web:1',
    'http://web:1',
    'web:1:2',
  ])('does not read %j', (image) => {
    expect(readImage(image)).toBeUndefined();
  });

  it('reads what it is made of, and nothing else', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,8})?$/);
    const image = fc.record(
      {
        repository: fc
          .array(part, { minLength: 1, maxLength: 3 })
          .map((parts) => ['team', ...parts].join('/')),
        tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/),
        digest: fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`),
        host: fc.constant('1.dkr.ecr.eu-west-1.amazonaws.com'),
      },
      { requiredKeys: ['repository', 'tag'] },
    );
    fc.assert(
      fc.property(image, ({ host, repository, tag, digest }) => {
        const text = `${host ? `${host}/` : ''}${repository}:${tag}${digest ? `@${digest}` : ''}`;
        expect(readImage(text)).toEqual({
          repository,
          tag,
          ...(host ? { host } : {}),
          ...(digest ? { digest } : {}),
        });
      }),
    );
  });

  it('answers quickly to whatever it is given', () => {
    const begun = performance.now();
    for (const text of [
      'a.'.repeat(256),
      'a-'.repeat(256),
      `${'a'.repeat(510)}:`,
      'a/'.repeat(256),
    ]) {
      expect(readImage(text)).toBeUndefined();
    }
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe('ReleaseInput', () => {
  const input = { pair: 'storefront', targets: { api: { version: '2' } }, requestedBy: 'ada' };

  it('has defaults for what nobody should have to say', () => {
    expect(ReleaseInput.parse(input)).toEqual({ ...input, reason: '', intent: 'release' });
  });

  it.each([
    ['an unknown member', { ...input, force: true }],
    ['no target', { ...input, targets: {} }],
    ['a target that names both', { ...input, targets: { api: { version: '2', image: 'web:1' } } }],
    ['a target that names nothing', { ...input, targets: { api: {} } }],
    ['a name that is no name', { ...input, targets: { 'API!': { version: '2' } } }],
    ['a policy that would skip the approval', { ...input, policy: { approval: 'none' } }],
    ['a longer bake than CodeDeploy allows', { ...input, policy: { bakeMinutes: 41 } }],
    ['nobody who asked', { ...input, requestedBy: '' }],
    ['blanks who asked', { ...input, requestedBy: ' \u0007 ' }],
    ['somebody who asked, with a name that nobody can see', { ...input, requestedBy: '\u3164' }],
    ['a reason that nobody can read', { ...input, again: '\u2800' }],
  ])('refuses %s', (_, broken) => {
    expect(ReleaseInput.safeParse(broken).success).toBe(false);
  });
});

describe('the pair of an execution', () => {
  it.each([
    ['{"pair":"storefront"}', 'storefront'],
    ['{"recover":"storefront-1"}', undefined],
    ['{"pair":7}', undefined],
    ['null', undefined],
    ['no JSON', undefined],
    [undefined, undefined],
  ])('in %j is %s', (input, pair) => {
    expect(pairIn(input)).toBe(pair);
  });

  it('is looked for only by what can be the name of an execution', () => {
    expect(['storefront-15f50d745f40', 'a'.repeat(80)].map(isReleaseId)).toEqual([true, true]);
    expect(['', '../storefront-1', 'a b', 'a'.repeat(81)].some(isReleaseId)).toBe(false);
  });
});
