import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { TryAgainError, UnknownReleaseError } from '../../../core/text/errors.ts';
import {
  changeRelease,
  findRelease,
  leaveToken,
  openRelease,
  openReleases,
  readRelease,
  type Telling,
} from '../../../handlers/table/releases.ts';
import { change, read, write } from '../../../handlers/table/table.ts';
import { happening } from '../../core/facts/happening.ts';
import { momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';

const key = { pk: 'storefront', sk: 'turn' };

const woken = (by: string): Telling => ({
  at: momentAfter(1),
  fact: () => ({ kind: 'woken', data: { by } }),
});

const opening = happening({ kind: 'woken', data: { by: 'a test' } });

/** What lists an item as an open release. */
const LISTED = { open: 'release' };

const add = (amount: number) =>
  change(
    key,
    (body) => (body as { count: number } | undefined) ?? { count: 0 },
    ({ count }) => ({ count: count + amount }),
  );

let account: Account;

beforeEach(async () => {
  account = await openAccount();
});

describe('a change of an item', () => {
  it('is read with the newest content, and written with the number of the write before', async () => {
    await add(1);
    await add(2);

    expect(await read(key)).toEqual({ version: 2, body: { count: 3 }, beside: {} });
    expect(account.dynamodb).toHaveReceivedCommandWith(GetItemCommand, { ConsistentRead: true });
  });

  it('is decided again by the loser of a race, from what the winner wrote', async () => {
    await Promise.all([1, 2, 3, 4, 5].map(add));

    expect(await read(key)).toEqual({ version: 5, body: { count: 15 }, beside: {} });
  });

  it('is given up as something to try again when others always win', async () => {
    account.dynamodb
      .on(PutItemCommand)
      .rejects(new ConditionalCheckFailedException({ message: '', $metadata: {} }));

    await expect(add(1)).rejects.toThrow(TryAgainError);
  });

  it('is known again by whoever wrote it, when the answer to the write was lost', async () => {
    let lost = 0;
    const put = account.dynamodb.on(PutItemCommand);
    put.callsFake(async (input) => {
      await account.put(key.pk, key.sk, unmarshall(input.Item).body);
      lost += 1;
      // The SDK's second try meets what its first one wrote.
      throw new ConditionalCheckFailedException({ message: '', $metadata: {} });
    });

    const { after } = await add(5);

    expect(after).toEqual({ count: 5 });
    expect(lost).toBe(1);
    expect((await read(key))?.body).toEqual({ count: 5 });
  });

  it('is not written when it changes nothing', async () => {
    await add(1);
    account.dynamodb.resetHistory();

    const { before, after } = await change(
      key,
      (body) => body,
      (body) => body,
    );

    expect(after).toBe(before);
    expect(account.dynamodb).toHaveReceivedCommandTimes(PutItemCommand, 0);
  });

  it('fails when the table does, and is not taken for a lost race', async () => {
    account.dynamodb.on(PutItemCommand).rejects(new Error('Rate exceeded'));

    await expect(add(1)).rejects.toThrow('Rate exceeded');
    expect(account.dynamodb).toHaveReceivedCommandTimes(PutItemCommand, 1);
  });
});

describe('a new item', () => {
  it('is written once', async () => {
    expect(await write(key, { first: true }, 0)).toBe(true);
    expect(await write(key, { first: false }, 0)).toBe(false);

    expect(await read(key)).toMatchObject({ body: { first: true } });
  });
});

describe('a release', () => {
  it('is found whole as it was opened, and opened once', async () => {
    const opened = record({ reasons: [{ code: 'busy', text: 'Another deployment runs.' }] });

    expect(await openRelease(opened, opening)).toBe(true);
    expect(await openRelease({ ...opened, requestedBy: 'bert' }, opening)).toBe(false);

    expect(await findRelease('storefront', 'storefront-1')).toEqual({
      ...opened,
      facts: { count: 1, hash: expect.any(String) },
    });
  });

  it('that nobody opened is undefined, or an error with a name of its own', async () => {
    expect(await findRelease('storefront', 'storefront-9')).toBeUndefined();
    await expect(readRelease('storefront', 'storefront-9')).rejects.toThrow(UnknownReleaseError);
    await expect(
      changeRelease('storefront', 'storefront-9', (current) => current, woken('nobody')),
    ).rejects.toThrow(UnknownReleaseError);
  });

  const isListed = async (release: string) =>
    (await openReleases()).releases.some((one) => one.release === release);

  const set = (change: Partial<ReleaseRecord>) =>
    changeRelease(
      'storefront',
      'storefront-1',
      (current) => ({ ...current, ...change }),
      woken('a test'),
    );

  it('is listed as open from its first write on, and until it is closed', async () => {
    await openRelease(record(), opening);
    expect(await isListed('storefront-1')).toBe(true);

    await leaveToken('storefront', 'storefront-1', 'token', 0);
    await set({ end: 'Promoted', phase: 'Ended' });
    expect(await isListed('storefront-1')).toBe(true);

    await set({ closed: true });
    expect(await isListed('storefront-1')).toBe(false);
    await set({ signals: 9 });
    expect(await isListed('storefront-1')).toBe(false);
  });

  it('is listed with those of other pairs, page by page', async () => {
    await openRelease(record(), opening);
    await openRelease(record({ pair: 'blog', release: 'blog-1' }), opening);
    const { dynamodb, queryOnePerPage } = account;
    dynamodb.on(QueryCommand).callsFake(queryOnePerPage);

    expect((await openReleases()).releases.map(({ release }) => release).sort()).toEqual([
      'blog-1',
      'storefront-1',
    ]);
    expect(dynamodb.commandCalls(QueryCommand).length).toBeGreaterThan(1);
  });

  it('whose record does not parse hides no other', async () => {
    await openRelease(record(), opening);
    await account.put('storefront', 'release#storefront-0', { pair: 'storefront' }, LISTED);

    const { releases, unreadable } = await openReleases();
    expect(releases.map(({ release }) => release)).toEqual(['storefront-1']);
    expect(unreadable).toEqual(['storefront release#storefront-0']);
  });
});
