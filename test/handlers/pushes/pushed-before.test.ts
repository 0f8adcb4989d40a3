import '../environment.ts';

import { beforeEach, describe, expect, it } from 'vitest';
import { pushedBefore } from '../../../handlers/pushes/pushed-before.ts';
import { record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';

const image = { image: `storefront/web@sha256:${'a'.repeat(64)}` };

const push = (
  targets: Record<string, { image: string } | { version: string }>,
  at = '2026-11-23T09:00:00Z',
) => ({
  pair: 'storefront',
  targets,
  requestedBy: 'image-push',
  reason: '',
  intent: 'release' as const,
  eventId: 'e',
  pushed: { tag: '2.0.0', at },
});

const both = { web: image, api: { version: 'latest' } };

let account: Account;

beforeEach(async () => {
  account = await openAccount();
});

describe('an image that is pushed under a second tag', () => {
  beforeEach(async () => {
    await pushedBefore(push(both), 'storefront-1');
    await account.release(
      record({
        release: 'storefront-1',
        end: 'Aborted',
        times: { ended: '2026-11-23T09:10:00.000Z' },
      }),
    );
  });

  it('releases nothing again, and says what became of the first', async () => {
    expect(await pushedBefore(push({ web: image }), 'storefront-2')).toMatchObject([
      { code: 'superseded', text: expect.stringContaining('storefront-1, which ended Aborted') },
    ]);
  });

  it('is released again when it was pushed after the first had ended', async () => {
    expect(await pushedBefore(push(both, '2026-11-23T09:11:00Z'), 'storefront-2')).toEqual([]);
  });

  it('is the same release when its validation is tried again', async () => {
    expect(await pushedBefore(push(both), 'storefront-1')).toEqual([]);
  });

  it('is released by a person all the same', async () => {
    const { eventId: _, pushed: __, ...byHand } = push(both);
    expect(await pushedBefore(byHand, 'storefront-2')).toEqual([]);
  });

  it('releases what the first tag left out', async () => {
    const more = { ...both, mail: { version: 'latest' } };
    expect(await pushedBefore(push(more), 'storefront-2')).toEqual([]);
    expect(await pushedBefore(push(both), 'storefront-3')).toEqual([]);
  });
});

describe('a release that died before it had a record', () => {
  it('keeps no later push from releasing its image', async () => {
    await pushedBefore(push(both), 'storefront-1');

    expect(await pushedBefore(push(both), 'storefront-2')).toEqual([]);
  });
});
