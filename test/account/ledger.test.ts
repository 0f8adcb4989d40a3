import { beforeEach, describe, expect, it } from 'vitest';
import { followLedger } from '../../account/ledger.ts';
import { recordsOf } from '../../account/records.ts';
import type { Happened } from '../../core/facts/kinds.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { changeRelease, openRelease } from '../../handlers/table/releases.ts';
import { happening } from '../core/facts/happening.ts';
import { momentAfter, record } from '../core/fixture.ts';
import '../handlers/environment.ts';

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Account, openAccount } from '../handlers/account.ts';
import { account } from './account.ts';

const busy = (target: string): Happened => ({ kind: 'busy', data: { target } });

const change = (target: string) =>
  changeRelease(
    'storefront',
    'storefront-1',
    (current) => ({ ...current, signals: current.signals + 1 }),
    { at: momentAfter(1), fact: () => busy(target) },
  );

let table: Account;
let problems: string[];

const read = async (): Promise<ReleaseRecord> =>
  (await recordsOf(account).recordOf('storefront', 'storefront-1'))!;

const textsOf = (lines: readonly { what: string }[]) => lines.map(({ what }) => what);

const busyText = (target: string) => `${target}: its deployment group is busy`;

beforeEach(async () => {
  table = await openAccount();
  problems = [];
});

describe('a follower of a ledger', () => {
  const follow = () => {
    const newLines = followLedger(recordsOf(account), (problem) => problems.push(problem));
    return async () => textsOf(await newLines(await read()));
  };

  it('gets each line once', async () => {
    await openRelease(record(), happening(busy('web')));
    const next = follow();

    expect(await next()).toEqual([busyText('web')]);
    expect(await next()).toEqual([]);
    await change('api');
    await change('mail');
    expect(await next()).toEqual([busyText('api'), busyText('mail')]);
    expect(problems).toEqual([]);
  });

  it('reports once that it may not read it, and follows the release without it', async () => {
    await openRelease(record(), happening(busy('web')));
    table.dynamodb.on(QueryCommand).rejects(new Error('not authorized: dynamodb:Query'));
    const next = follow();

    expect([await next(), await next()]).toEqual([[], []]);
    expect(problems).toEqual([expect.stringContaining('not authorized: dynamodb:Query')]);
  });
});

describe('the ledger of a release', () => {
  const ledger = async () => textsOf(await recordsOf(account).ledger(await read()));

  it('has what is left where a fact is missing, and says so', async () => {
    await openRelease(record(), happening(busy('web')));
    await change('api');
    const { facts, ...rest } = await read();
    await table.release({ ...rest, facts: { ...facts!, count: 3, hash: 'f'.repeat(64) } });

    expect(await ledger()).toEqual([
      expect.stringMatching(/^Fact 3 of 3 is missing/),
      busyText('web'),
      busyText('api'),
    ]);
  });

  it('is that in the record, where an older Tandem had ended the release', async () => {
    const lines = [
      { at: momentAfter(1), what: 'web: deployment d-1 launched', hash: 'h' },
      { odd: true },
    ];
    await table.release({ ...record({ end: 'Promoted' }), ledger: lines } as ReleaseRecord);

    expect(await ledger()).toEqual(['web: deployment d-1 launched']);
  });
});
