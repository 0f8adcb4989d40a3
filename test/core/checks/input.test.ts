import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkWanted, readInput } from '../../../core/checks/input.ts';
import { checkOlder } from '../../../core/checks/older.ts';
import { LARGEST_INPUT, ReleaseInput } from '../../../core/release/input.ts';
import { Reason } from '../../../core/release/reason.ts';
import { codesOf, registration } from '../fixture.ts';

const input = {
  pair: 'storefront',
  targets: { web: { image: 'storefront/web:2' }, api: { version: 'latest' } },
  requestedBy: 'ada',
};

describe('readInput', () => {
  it('reads a release and a recovery', () => {
    expect(readInput(input)).toMatchObject({ kind: 'release', input: { pair: 'storefront' } });
    expect(readInput({ ...input, $schema: '../docs/release.schema.json' }).kind).toBe('release');
    expect(readInput({ recover: 'storefront-1' })).toEqual({
      kind: 'recover',
      release: 'storefront-1',
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'release'],
    ['both at once', { ...input, recover: 'storefront-1' }],
    ['an unknown member', { ...input, approve: true }],
  ])('names what is wrong with %s', (_, junk) => {
    const read = readInput(junk);
    expect(read.kind === 'broken' && codesOf(read.reasons)).toEqual(['malformed-input']);
  });

  it('names the place of a fault', () => {
    const read = readInput({ ...input, targets: { web: { image: '' } } });
    expect(read.kind === 'broken' && read.reasons[0]?.text).toContain('targets');
  });

  it('does not read more than a payload may hold', () => {
    const read = readInput({ ...input, reason: 'ü'.repeat(LARGEST_INPUT / 2) });
    expect(read.kind === 'broken' && codesOf(read.reasons)).toEqual(['input-too-large']);
  });

  it('gives a valid answer to any JSON', () => {
    const almost = fc
      .tuple(
        fc.constantFrom('pair', 'targets', 'requestedBy', 'curve', 'policy', 'parent'),
        fc.jsonValue(),
      )
      .map(([member, value]) => ({ ...input, [member]: value }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), almost), (junk) => {
        const read = readInput(junk);
        if (read.kind === 'release') expect(ReleaseInput.parse(read.input)).toEqual(read.input);
        if (read.kind === 'broken') {
          for (const one of read.reasons) expect(Reason.safeParse(one).success).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('checkWanted', () => {
  const codes = (targets: Record<string, object>, change = {}) =>
    codesOf(checkWanted(ReleaseInput.parse({ ...input, ...change, targets }), registration()));

  it.each<[string, Record<string, object>, readonly string[]]>([
    ['an image by tag', { web: { image: 'storefront/web:2' } }, []],
    ['an image by digest', { web: { image: `storefront/web@sha256:${'a'.repeat(64)}` } }, []],
    ['the number of a version', { api: { version: '12' } }, []],
    ['what $LATEST holds', { api: { version: 'latest' } }, []],
    ['$LATEST itself', { api: { version: '$LATEST' } }, ['latest-version']],
    ['$latest in small letters', { api: { version: '$latest' } }, ['latest-version']],
    ['version 0', { api: { version: '0' } }, ['wrong-revision']],
    ['a version that is no number', { api: { version: '2.0' } }, ['wrong-revision']],
    ['a version for a service', { web: { version: '2' } }, ['wrong-revision']],
    ['an image for a function', { api: { image: 'storefront/web:2' } }, ['wrong-revision']],
    ['an image without a tag', { web: { image: 'storefront/web' } }, ['wrong-revision']],
    ['a revision', { web: { taskDefinition: 'web:7' } }, []],
    ['the newest revision', { web: { taskDefinition: 'latest', image: 'storefront/web:2' } }, []],
    ['a family alone', { web: { taskDefinition: 'web' } }, ['wrong-revision']],
    [
      "a revision with somebody else's image",
      { web: { taskDefinition: 'web:7', image: 'other/web:2' } },
      ['foreign-repository'],
    ],
    ['a revision of a function', { api: { taskDefinition: 'web:7' } }, ['wrong-revision']],
    ["somebody else's image", { web: { image: 'other/web:2' } }, ['foreign-repository']],
    ['a target that is not there', { mail: { version: '2' } }, ['unknown-target']],
    ['a name that every object has', { constructor: { version: '2' } }, ['unknown-target']],
    [
      'two faults',
      { web: { version: '2' }, api: { version: 'x' } },
      ['wrong-revision', 'wrong-revision'],
    ],
  ])('of %s says', (_, targets, expected) => {
    expect(codes(targets)).toEqual(expected);
  });

  it('lets a rollback name what it rolls back to, and never what $LATEST holds', () => {
    const back = { intent: 'rollback' };
    expect(codes({ web: { image: 'storefront/web:1' }, api: { version: '1' } }, back)).toEqual([]);
    expect(codes({ api: { version: 'latest' } }, back)).toEqual(['wrong-revision']);
    expect(codes({ web: { taskDefinition: 'web:7' } }, back)).toEqual([]);
    expect(codes({ web: { taskDefinition: 'latest' } }, back)).toEqual(['wrong-revision']);
  });
});

describe('checkOlder', () => {
  it.each([
    ['older', 1, 2, 'pass'],
    ['the same', 2, 2, 'pass'],
    ['newer', 3, 2, 'fail'],
    ['of unknown age', undefined, 2, 'pass'],
    ['wanted where nobody knows what runs', 3, undefined, 'pass'],
    ['wanted where a tag names what runs', 1, 'untold', 'fail'],
  ] as const)('of a revision that is %s says', (_, wanted, live, verdict) => {
    expect(checkOlder('api', 'Version 3', { wanted, live }).verdict).toBe(verdict);
  });
});
