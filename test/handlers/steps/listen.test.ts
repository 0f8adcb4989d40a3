import '../environment.ts';

import { beforeEach, describe, expect, it } from 'vitest';
import { signal } from '../../../handlers/releases/signal.ts';
import { handler } from '../../../handlers/steps/listen.ts';
import { record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

const listening = (signals: number) => ({
  pair: 'storefront',
  release: 'storefront-1',
  token: 'token-of-listen',
  signals,
});

const wake = () =>
  signal({ pair: 'storefront', release: 'storefront-1' }, (current) => current, {
    at: '2026-11-23T09:40:00.000Z',
    fact: () => ({ kind: 'woken', data: { by: 'a test' } }),
  });

let account: Account;

beforeEach(async () => {
  account = await openAccount();
  await account.release(record({ signals: 3 }));
});

describe('listen', () => {
  it('waits when nothing came since the last observation', async () => {
    expect(await invoke(handler, listening(3))).toEqual({ listening: true });

    expect(account.completed()).toEqual([]);
    expect(await account.recordOf('storefront-1')).toMatchObject({ listener: 'token-of-listen' });
  });

  it('goes on at once when something came since', async () => {
    expect(await invoke(handler, listening(2))).toEqual({ listening: false });

    expect(account.completed()).toEqual([['token-of-listen', {}]]);
    expect(await account.recordOf('storefront-1')).not.toHaveProperty('listener');
  });

  it('is woken by the next signal', async () => {
    await invoke(handler, listening(3));

    await wake();

    expect(account.completed()).toEqual([['token-of-listen', {}]]);
  });

  it('misses no signal that comes at the same moment', async () => {
    await Promise.all([invoke(handler, listening(3)), wake()]);

    expect(account.completed()).toHaveLength(1);
  });

  it('listens in the place of a listener whose time is over', async () => {
    await account.release(record({ signals: 3, listener: 'an-older-token' }));

    await invoke(handler, listening(3));

    expect(await account.recordOf('storefront-1')).toMatchObject({ listener: 'token-of-listen' });
  });
});
