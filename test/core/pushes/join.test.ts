import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Join, PairSettings, type Registration } from '../../../core/drivers/registration.ts';
import { coversPush, missedImage, newerImage } from '../../../core/images/missed-push.ts';
import type { RegistryImage } from '../../../core/images/registry-image.ts';
import {
  countingTags,
  ignoredBecause,
  type Push,
  releaseOfPush,
} from '../../../core/pushes/join.ts';
import { ReleaseInput } from '../../../core/release/input.ts';
import { atMinute, momentAfter, registration, web } from '../fixture.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const VERSIONS = ['[0-9]*.[0-9]*.[0-9]*'];

const image = (change: Partial<RegistryImage> = {}): RegistryImage => ({
  digest: DIGEST,
  tags: ['2.0.0'],
  pushedAt: atMinute(0),
  ...change,
});

const outcome = (
  settings: Partial<Registration>,
  push: Partial<Push> = {},
  versionTags: Record<string, string> = { api: '2.0.0' },
) =>
  releaseOfPush(
    registration(settings),
    {
      repository: 'storefront/web',
      tag: '2.0.0',
      image: image(),
      at: momentAfter(0),
      eventId: 'event-1',
      ...push,
    },
    versionTags,
  );

const released = (...about: Parameters<typeof outcome>): ReleaseInput => {
  const found = outcome(...about);
  if ('input' in found) return found.input;
  throw new Error(found.ignored);
};
const ignored = (...about: Parameters<typeof outcome>) => {
  const found = outcome(...about);
  return 'ignored' in found ? found.ignored : undefined;
};

describe('releaseOfPush', () => {
  const wanted = { image: `storefront/web@${DIGEST}` };
  const both = { web: wanted, api: { version: 'latest' } };

  it.each<[string, Join, string[] | undefined, Record<string, string>, object]>([
    [
      'tagged without tags: both, when the function carries the tag',
      'tagged',
      undefined,
      { api: '2.0.0' },
      both,
    ],
    [
      'tagged with tags: both, when the function carries the tag',
      'tagged',
      VERSIONS,
      { api: '2.0.0' },
      both,
    ],
    [
      'tagged with tags: the service alone, when the function carries another',
      'tagged',
      VERSIONS,
      { api: '1.9.0' },
      { web: wanted },
    ],
    [
      'tagged with tags: the service alone, when the function carries none',
      'tagged',
      VERSIONS,
      {},
      { web: wanted },
    ],
    ['image-last with tags: both, whatever the function carries', 'image-last', VERSIONS, {}, both],
  ])('%s', (_, join, tags, versionTags, targets) => {
    expect(released({ join, ...(tags && { tags }) }, {}, versionTags).targets).toEqual(targets);
  });

  it('joins a function by any tag of the image, whichever tag was pushed last', () => {
    const push = { tag: '2.0.0-stable', image: image({ tags: ['sha-0a1b2c3', '2.0.0'] }) };
    expect(released({ tags: VERSIONS }, push).targets).toEqual(both);
  });

  it('is an input as people could have written it, by digest, with the tag and the time of the push', () => {
    const input = released({});
    expect(ReleaseInput.parse(input)).toEqual(input);
    expect(input).toMatchObject({
      requestedBy: 'image-push',
      eventId: 'event-1',
      pushed: { tag: '2.0.0', at: momentAfter(0) },
    });
    expect(input).not.toHaveProperty('again');
  });

  it('names what it leaves out, with what the function carries instead', () => {
    expect(released({ tags: VERSIONS }, {}, { api: '1.9.0' }).reason).toBe(
      "storefront/web:2.0.0 was pushed; api is left out: its function's tag tandem:version is 1.9.0",
    );
    expect(released({ tags: VERSIONS }, {}, {}).reason).toContain('is missing');
    expect(released({}).reason).toBe('storefront/web:2.0.0 was pushed');
  });
});

describe('a push releases nothing', () => {
  const helm = 'application/vnd.cncf.helm.config.v1+json';

  it.each<[string, Parameters<typeof outcome>, string]>([
    ['of another repository', [{}, { repository: 'storefront/other' }], 'storefront/other'],
    ['of a pair that joins by hand', [{ join: 'manual' }], 'manual'],
    ['of a tag that no function carries', [{}, { tag: 'pr-42' }], 'api: 2.0.0'],
    ['of a tag that matches no pattern', [{ tags: VERSIONS }, { tag: 'pr-42' }], VERSIONS[0]!],
    ['of a pair with image-last that declares no tags', [{ join: 'image-last' }], 'image-last'],
    [
      'of a pair without functions that declares no tags',
      [{ targets: { web: web() } }],
      'no function',
    ],
    ['of a chart', [{}, { image: image({ artifactMediaType: helm }) }], helm],
    ['of what is about another image', [{}, { image: image({ subject: DIGEST }) }], 'SBOM'],
    [
      'of a manifest that is no image',
      [
        {},
        { image: image({ manifestMediaType: 'application/vnd.oci.artifact.manifest.v1+json' }) },
      ],
      'artifact.manifest',
    ],
    ...[
      ['sha256-aaaa.sig', 'signature'],
      [`sha256-${'a'.repeat(64)}.att`, 'attestation'],
      [`sha256-${'a'.repeat(64)}.sbom`, 'SBOM'],
      [`sha256-${'a'.repeat(64)}`, 'referrers'],
      ['buildcache', 'build cache'],
      ['main-buildcache', 'build cache'],
      ['cache-linux-arm64', 'build cache'],
      ['chart-1.0.0', 'chart'],
    ].map(([tag = '', why = '']): [string, Parameters<typeof outcome>, string] => [
      `of ${tag}, even if every tag counts and the function carries it`,
      [{ tags: ['*'] }, { tag }, { api: tag }],
      why,
    ]),
  ])('%s, and says why', (_, about, why) => {
    expect(ignored(...about)).toContain(why);
  });

  it('is not the case for an image index, nor where ECR tells no media type', () => {
    const index = image({ manifestMediaType: 'application/vnd.oci.image.index.v1+json' });
    expect(ignored({}, { image: index })).toBeUndefined();
    expect(ignored({}, { image: image() })).toBeUndefined();
  });

  it('by the same rule that tells what is newer', () => {
    const tag = fc.constantFrom(
      '2.0.0',
      'latest',
      'pr-1',
      'buildcache',
      `sha256-${'a'.repeat(64)}.sig`,
    );
    const settings = fc.record({
      join: fc.constantFrom<Join>('manual', 'tagged', 'image-last'),
      tags: fc.constantFrom(undefined, VERSIONS, ['*']),
    });
    fc.assert(
      fc.property(
        tag,
        settings,
        fc.constantFrom('2.0.0', 'latest'),
        (pushed, { join, tags }, version) => {
          const pair = registration({ join, ...(tags && { tags }) });
          const found = image({ tags: [pushed] });
          const counts = countingTags(pair, { api: version }, found).length > 0;
          const push = { tag: pushed, image: found };
          expect('input' in outcome({ join, ...(tags && { tags }) }, push, { api: version })).toBe(
            counts,
          );
          expect(ignoredBecause(pair, { api: version }, found, pushed) === undefined).toBe(counts);
        },
      ),
    );
  });
});

describe('the tags of a pair', () => {
  const problem = (tags: readonly string[]) =>
    PairSettings.safeParse({ pair: 'shop', tags }).error?.issues[0]?.message;

  it.each([
    ['', 'character'],
    ['[0-9', 'never closed'],
    ['[]', 'no class'],
    ['[9-0]', 'no class'],
    ['v 1', 'a tag has only'],
    ['.hidden', 'no tag begins so'],
    ['v[!a-zA-Z0-9_.-]', 'a tag has only'],
    ['?'.repeat(129), '128'],
    ['buildcache', 'build cache'],
    ['sha256-*.sig', 'signature'],
  ])('refuse %s, which can never match', (pattern, why) => {
    expect(problem([pattern])).toContain(why);
  });

  it('refuse an empty list, and take what can match', () => {
    expect(problem([])).toBe('names no pattern');
    expect(problem([...VERSIONS, 'v*', 'release-?', '[!p]*'])).toBeUndefined();
  });
});

describe('coversPush', () => {
  const ended = { end: 'Promoted', times: { ended: momentAfter(20) } };

  it.each<[string, Parameters<typeof coversPush>, boolean]>([
    ['an open release acts on every push of its image', [{ times: {} }, momentAfter(30)], true],
    ['a push before its end is a second tag', [ended, momentAfter(1)], true],
    ['a push after its end asks again', [ended, momentAfter(21)], false],
    ['an event that tells no time asks nothing', [ended, undefined], true],
  ])('%s', (_, [release, at], covers) => {
    expect(coversPush(release, at)).toBe(covers);
  });
});

describe('newerImage', () => {
  const image = (digest: string, minute: number): RegistryImage => ({
    digest,
    tags: [digest],
    pushedAt: atMinute(minute),
  });

  it.each<[string, readonly RegistryImage[], string | undefined]>([
    ['the newest is newer than itself: no', [image('b', 1), image('a', 2)], undefined],
    ['another was pushed later', [image('a', 1), image('b', 2), image('c', 3)], 'c'],
    ['it is not in the repository', [image('b', 2)], undefined],
  ])('%s', (_, images, newer) => {
    expect(newerImage(images, { digest: 'a' })?.digest).toBe(newer);
  });

  it('counts a tag that was put on an older image as a push of it', () => {
    const images = [image('a', 1), image('b', 2)];
    const revert = { digest: 'a', at: momentAfter(3) };
    expect(newerImage(images, revert)).toBeUndefined();
    expect(newerImage(images, { digest: 'b', at: momentAfter(2) }, revert)?.digest).toBe('a');
  });
});

describe('missedImage', () => {
  const image = (name: string, minutesAgo: number, tags = [name]): RegistryImage => ({
    digest: `sha256:${name}`,
    tags,
    pushedAt: atMinute(-minutesAgo),
  });
  const missed = (
    images: readonly RegistryImage[],
    running = 'web@sha256:old',
    known: { since?: number; latest?: { digest: string; at: string } } = {},
  ) => missedImage(images, { running, now: atMinute(0), since: 0, ...known })?.digest;

  it('is the newest image', () => {
    expect(missed([image('a', 30), image('c', 10), image('b', 20)])).toBe('sha256:c');
  });

  it.each<[string, Parameters<typeof missed>]>([
    ['it is what runs, by digest', [[image('c', 10)], 'registry/web@sha256:c']],
    ['it is what runs, by tag', [[image('c', 10, ['2.0'])], 'registry/web:2.0']],
    ['its event may still come', [[image('c', 4)]]],
    ['it is history', [[image('c', 25 * 60)]]],
    ['there is none', [[]]],
    [
      'it lay there when the pair was adopted',
      [[image('c', 10)], undefined, { since: atMinute(-9) }],
    ],
    [
      'a tag was put on what runs after it was pushed',
      [
        [image('a', 30), image('c', 10)],
        'web@sha256:a',
        { latest: { digest: 'sha256:a', at: momentAfter(-8) } },
      ],
    ],
    [
      'a newer one was released: the older is superseded',
      [[image('a', 30), image('b', 10)], 'web@sha256:b'],
    ],
  ])('is none when %s', (_, about) => {
    expect(missed(...about)).toBeUndefined();
  });
});
