import { describe, expect, it } from 'vitest';
import { releaseOfPush } from '../../core/join.ts';
import { missedImage, newerImage, type PushedImage } from '../../core/missed-push.ts';
import type { Join } from '../../core/registration.ts';
import { ReleaseInput } from '../../core/release.ts';
import { atMinute, registration } from './fixture.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

const released = (join: Join, change: object = {}) =>
  releaseOfPush(registration({ join }), {
    repository: 'storefront/web',
    tag: '2.0.0',
    digest: DIGEST,
    eventId: 'event-1',
    versionTags: { api: '2.0.0' },
    ...change,
  });

describe('releaseOfPush', () => {
  const image = { image: `storefront/web@${DIGEST}` };

  it.each<[string, Join, object, object | undefined]>([
    ['manual: nothing', 'manual', {}, undefined],
    [
      'tagged: both, when the function carries the same tag',
      'tagged',
      {},
      { web: image, api: { version: 'latest' } },
    ],
    [
      'tagged: the service alone, when the function carries another',
      'tagged',
      { versionTags: { api: '1.9.0' } },
      { web: image },
    ],
    [
      'tagged: the service alone, when the function carries none',
      'tagged',
      { versionTags: {} },
      { web: image },
    ],
    [
      'image-last: both, whatever the function carries',
      'image-last',
      { versionTags: {} },
      { web: image, api: { version: 'latest' } },
    ],
    ['another repository: nothing', 'image-last', { repository: 'storefront/other' }, undefined],
  ])('%s', (_, join, push, targets) => {
    expect(released(join, push)?.targets).toEqual(targets);
  });

  it('is an input as people could have written it, by digest', () => {
    const input = released('tagged');
    expect(ReleaseInput.parse(input)).toEqual(input);
    expect(input).toMatchObject({ requestedBy: 'image-push', eventId: 'event-1' });
  });
});

describe('what a push leaves out', () => {
  it('is named in its reason, with what the function carries instead', () => {
    expect(released('tagged', { versionTags: { api: '1.9.0' } })?.reason).toBe(
      "storefront/web:2.0.0 was pushed; api is left out: its function's tag tandem:version is 1.9.0",
    );
    expect(released('tagged', { versionTags: {} })?.reason).toContain('is missing');
    expect(released('tagged')?.reason).toBe('storefront/web:2.0.0 was pushed');
  });
});

describe('newerImage', () => {
  const image = (digest: string, pushedAt: number, tags = [digest]): PushedImage => ({
    digest,
    tags,
    pushedAt,
  });

  it.each<[string, readonly PushedImage[], string | undefined]>([
    ['the newest is newer than itself: no', [image('b', 1), image('a', 2)], undefined],
    ['another was pushed later', [image('a', 1), image('b', 2), image('c', 3)], 'c'],
    ['what was pushed later has no tag', [image('a', 1), image('b', 2, [])], undefined],
    ['it is not in the repository', [image('b', 2)], undefined],
  ])('%s', (_, images, newer) => {
    expect(newerImage(images, 'a')?.digest).toBe(newer);
  });
});

describe('missedImage', () => {
  const image = (name: string, minutesAgo: number, tags = [name]): PushedImage => ({
    digest: `sha256:${name}`,
    tags,
    pushedAt: atMinute(-minutesAgo),
  });
  const missed = (images: readonly PushedImage[], running = 'web@sha256:old') =>
    missedImage(images, { running, now: atMinute(0) })?.digest;

  it('is the newest image', () => {
    expect(missed([image('a', 30), image('c', 10), image('b', 20)])).toBe('sha256:c');
  });

  it.each<[string, Parameters<typeof missed>]>([
    ['it is what runs, by digest', [[image('c', 10)], 'registry/web@sha256:c']],
    ['it is what runs, by tag', [[image('c', 10, ['2.0'])], 'registry/web:2.0']],
    ['its event may still come', [[image('c', 4)]]],
    ['it is history', [[image('c', 25 * 60)]]],
    ['it has no tag', [[image('c', 10, [])]]],
    ['there is none', [[]]],
    [
      'a newer one was released: the older is superseded',
      [[image('a', 30), image('b', 10)], 'web@sha256:b'],
    ],
  ])('is none when %s', (_, [images, running]) => {
    expect(missed(images, running)).toBeUndefined();
  });
});
