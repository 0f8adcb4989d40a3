import '../environment.ts';

import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { complete, signal } from '../../../handlers/releases/signal.ts';
import type { Telling } from '../../../handlers/table/releases.ts';
import { record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';

const about = { pair: 'storefront', release: 'storefront-1' };

const woken: Telling = {
  at: '2026-11-23T09:40:00.000Z',
  fact: () => ({ kind: 'woken', data: { by: 'a test' } }),
};

let account: Account;

beforeEach(async () => {
  account = await openAccount();
  await account.release(record({ listener: 'token-of-listen', signals: 3 }));
});

describe('a signal', () => {
  it('writes its fact first, then wakes whoever listens', async () => {
    const seen: unknown[] = [];
    account.sfn.on(SendTaskSuccessCommand).callsFake(async ({ taskToken, output }) => {
      const { commands, signals } = await account.recordOf('storefront-1');
      seen.push({ taskToken, output: JSON.parse(output), hold: commands.hold, signals });
      return {};
    });

    await signal(about, (current) => ({ ...current, commands: { hold: true } }), woken);

    expect(seen).toEqual([{ taskToken: 'token-of-listen', output: {}, hold: true, signals: 4 }]);
  });

  it('wakes a listener once: its token is taken out of the record', async () => {
    await signal(about, (current) => current, woken);
    await signal(about, (current) => current, woken);

    expect(account.completed()).toEqual([['token-of-listen', {}]]);
    expect(await account.recordOf('storefront-1')).not.toHaveProperty('listener');
  });

  it('counts even without a new fact, so that a listener that comes later looks again', async () => {
    await signal(about, (current) => current, woken);

    expect((await account.recordOf('storefront-1')).signals).toBe(4);
  });

  it('is kept when its token is lost: the release finds the fact at its next look', async () => {
    account.lostTokens.add('token-of-listen');

    const after = await signal(
      about,
      (current) => ({ ...current, commands: { hold: true } }),
      woken,
    );

    expect(after.commands.hold).toBe(true);
    expect((await account.recordOf('storefront-1')).commands.hold).toBe(true);
  });

  it('loses no fact when several come at the same time', async () => {
    const hook = (executionId: string) => ({
      deploymentId: 'd-1',
      event: 'AfterAllowTraffic',
      executionId,
      at: '2026-11-23T09:40:00.000Z',
    });

    await Promise.all(
      ['a', 'b', 'c', 'd'].map((id) =>
        signal(about, (current) => ({ ...current, hooks: [...current.hooks, hook(id)] }), woken),
      ),
    );

    const { hooks, signals } = await account.recordOf('storefront-1');
    expect(hooks.map(({ executionId }) => executionId).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(signals).toBe(7);
    expect(account.completed()).toHaveLength(1);
  });
});

describe('completing a token', () => {
  it('says whether anybody waited with it', async () => {
    account.lostTokens.add('late');

    expect(await complete('early', {})).toBe(true);
    expect(await complete('late', {})).toBe(false);
  });

  it('does not take a failed call for a token that is gone', async () => {
    account.sfn.on(SendTaskSuccessCommand).rejects(new Error('Rate exceeded'));

    await expect(complete('early', {})).rejects.toThrow('Rate exceeded');
  });
});
