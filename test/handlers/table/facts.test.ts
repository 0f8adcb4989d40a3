import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { toldOf } from '../../../core/facts/append.ts';
import { folded } from '../../../core/facts/chain.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { changeRelease, openRelease, type Telling } from '../../../handlers/table/releases.ts';
import { happening } from '../../core/facts/happening.ts';
import { momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';

const opening = happening({ kind: 'woken', data: { by: 'a test' } });

const launched = (deployment: string): Telling => ({
  at: momentAfter(1),
  fact: () => ({ kind: 'launched', data: { target: 'web', deployment } }),
});

const change = (edit: (record: ReleaseRecord) => ReleaseRecord, telling: Telling) =>
  changeRelease('storefront', 'storefront-1', edit, telling);

const bump = (current: ReleaseRecord) => ({ ...current, signals: current.signals + 1 });

let account: Account;

beforeEach(async () => {
  account = await openAccount();
});

/** Whether the facts in the table give the record in the table. */
const giveTheRecord = async (): Promise<void> => {
  const { facts: _, ...told } = folded(await account.factsOf('storefront-1'));
  expect(told).toEqual(toldOf(await account.recordOf('storefront-1')));
};

describe('every change of a record', () => {
  it('is a fact, and its facts give the record', async () => {
    await openRelease(record(), opening);
    await change((current) => ({ ...current, phase: 'Staging' }), launched('d-1'));

    expect(await account.factsOf('storefront-1')).toMatchObject([
      { n: 1, kind: 'woken', by: { handler: 'tandem' } },
      { n: 2, kind: 'launched', at: momentAfter(1), patch: { phase: 'Staging' } },
    ]);
    await giveTheRecord();
  });

  it('that changes nothing is none', async () => {
    await openRelease(record(), opening);
    await change((current) => current, launched('d-1'));

    expect(await account.factsOf('storefront-1')).toHaveLength(1);
  });

  it('is written before the record, and belongs to nothing when the record is not', async () => {
    await openRelease(record(), opening);
    const put = account.dynamodb.on(PutItemCommand);
    const kept: unknown[] = [];
    put.callsFake(async ({ Item }) => {
      const item = unmarshall(Item);
      if (item.body) throw new Error('the function ends here');
      kept.push(item.sk);
      return {};
    });

    await expect(change(bump, launched('d-1'))).rejects.toThrow('the function ends here');
    expect(kept).toEqual([expect.stringMatching(/^fact#storefront-1#000002#[0-9a-f]{16}$/)]);
    await giveTheRecord();
  });

  it('of several at the same time has its place, one after the other', async () => {
    await openRelease(record(), opening);
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => change(bump, launched(id))));

    const facts = await account.factsOf('storefront-1');
    expect(facts.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(
      facts
        .slice(1)
        .map(({ data }) => data.deployment)
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd']);
    expect((await account.recordOf('storefront-1')).signals).toBe(4);
    await giveTheRecord();
  });

  it('is one, though the answer of its write was lost and a token was left there meanwhile', async () => {
    await openRelease(record(), opening);
    const put = account.dynamodb.on(PutItemCommand);
    put.callsFake(async ({ Item }) => {
      const { pk, sk, fact, body, version } = unmarshall(Item);
      if (fact) return account.put(pk, sk, undefined, { fact });
      await account.put(pk, sk, { ...body, listener: 'a token' }, { version: version + 1 });
      throw new ConditionalCheckFailedException({ message: '', $metadata: {} });
    });

    const after = await change(bump, launched('d-1'));

    expect(after.signals).toBe(1);
    expect(await account.factsOf('storefront-1')).toHaveLength(2);
  });

  it('names the person where one did it', async () => {
    await openRelease(record(), opening);
    await change(bump, {
      ...launched('d-1'),
      by: { person: 'maria', arn: 'arn:aws:iam::1:user/m' },
    });

    expect((await account.factsOf('storefront-1')).at(-1)?.by).toEqual({
      person: 'maria',
      arn: 'arn:aws:iam::1:user/m',
    });
  });
});

describe('a record', () => {
  it('has what a Tandem without facts wants to find, while one still runs', async () => {
    await openRelease(record(), opening);
    await change(bump, launched('d-1'));

    const body = await account.get('storefront', 'release#storefront-1');
    expect(body).toMatchObject({ ledger: [], commands: { orders: [] }, signals: 1 });
  });
});

describe('a release that a Tandem without facts had opened', () => {
  const lines = [
    { at: momentAfter(0), what: 'ada asked to release web and api' },
    { at: momentAfter(2), what: 'web: deployment d-1 launched' },
  ];

  beforeEach(async () => {
    await account.release({
      ...record({ phase: 'Staging' }),
      ledger: lines.map((line) => ({ ...line, hash: 'f'.repeat(64) })),
      commands: { hold: true, orders: ['Hold set by ada'] },
    } as ReleaseRecord);
  });

  it('goes on: its lines are its first fact, and nothing of its ledger is lost', async () => {
    await change((current) => ({ ...current, phase: 'Proving' }), launched('d-2'));

    expect(await account.ledgerOf('storefront-1')).toEqual([
      'ada asked to release web and api',
      'web: deployment d-1 launched',
      'Hold set by ada',
      'web: deployment d-2 launched',
    ]);
    expect(await account.recordOf('storefront-1')).not.toHaveProperty('ledger');
    await giveTheRecord();
  });

  it('is carried over once', async () => {
    await change(bump, launched('d-2'));
    await change(bump, launched('d-3'));

    const kinds = (await account.factsOf('storefront-1')).map(({ kind }) => kind);
    expect(kinds).toEqual(['carried-over', 'launched', 'launched']);
  });
});
