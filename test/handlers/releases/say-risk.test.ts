import '../environment.ts';

import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { ReleaseRecord } from '../../../core/record/record.ts';
import { reason } from '../../../core/release/reason.ts';
import { withRisk } from '../../../handlers/releases/say-risk.ts';
import { handler as validateRelease } from '../../../handlers/steps/validate-release.ts';
import { momentAfter, record } from '../../core/fixture.ts';
import { usual } from '../../core/risk/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { executionArn } from '../environment.ts';
import { invoke } from '../invoke.ts';

const change = { ...usual, linesAdded: 9000 };

let account: Account;

/** Puts a release into the table that was started so many minutes before the next one. */
const earlier = (minute: number, end: ReleaseRecord['end'], body: object = {}) =>
  account.release({
    ...record({
      release: `before-${minute}`,
      times: { started: momentAfter(-minute), shifted: momentAfter(-minute) },
      ...(end ? { end } : {}),
    }),
    ...body,
  });

beforeEach(async () => {
  account = await openAccount();
});

describe('the risk', () => {
  it('is told by the releases of the pair that came before, and by the change', async () => {
    await earlier(3, 'Promoted');
    await earlier(2, 'RolledBack');
    await earlier(1, 'Promoted', { pair: 'other' });

    const { risk } = await withRisk(record({ change }));

    expect(risk!.reasons).toContain('1 of the last 2 releases of the pair was rolled back');
    expect(risk!.reasons.join()).toContain('9,060 lines in 8 files');
    expect(ReleaseRecord.shape.risk.parse(risk)).toEqual(risk);
  });

  it('reads no more than the thirty newest', async () => {
    for (let minute = 1; minute <= 40; minute += 1)
      await earlier(minute, minute > 30 ? 'RolledBack' : 'Promoted');
    account.dynamodb.resetHistory();

    const { risk } = await withRisk(record());

    expect(risk!.reasons).toContain('none of the last 30 releases of the pair was rolled back');
    const reads = [
      ...account.dynamodb.commandCalls(QueryCommand),
      ...account.dynamodb.commandCalls(GetItemCommand),
    ];
    expect(reads).toHaveLength(31);
    for (const { args } of reads as readonly { args: readonly unknown[] }[])
      expect(args[1]).toEqual({ abortSignal: expect.any(AbortSignal) });
  });

  it('is told by the others where one of them cannot be understood', async () => {
    await earlier(2, 'Promoted');
    await earlier(1, 'Promoted', { times: 'of another version' });

    expect((await withRisk(record())).risk!.reasons).toContain(
      'the only release of the pair before was not rolled back',
    );
  });

  it.each([
    ['QueryCommand', QueryCommand],
    ['GetItemCommand', GetItemCommand],
  ])('is not said where %s fails, and nothing is stopped', async (_, command) => {
    await earlier(1, 'RolledBack');
    account.dynamodb.on(command as typeof QueryCommand).rejects(new Error('AccessDenied'));

    const release = record({ change });

    expect(await withRisk(release)).toBe(release);
  });

  it('is said of nothing that is rejected already, and of nothing that rolls back', async () => {
    await earlier(1, 'RolledBack');
    account.dynamodb.resetHistory();
    const releases = [
      record({ change, reasons: [reason('busy', 'Busy.')] }),
      record({ change, intent: 'rollback' }),
    ];

    for (const release of releases) expect(await withRisk(release)).toBe(release);
    expect(account.dynamodb.calls()).toHaveLength(0);
  });

  it('stays as it was said first when its step is tried again', async () => {
    const risk = { probability: 0.5, low: 0.1, high: 0.9, reasons: ['as it was'] };
    const release = await account.release(record({ phase: 'Validating', change, risk }));
    await earlier(1, 'RolledBack');
    account.dynamodb.resetHistory();

    const answer = await invoke(validateRelease, {
      execution: executionArn('storefront-1'),
      input: {
        pair: 'storefront',
        targets: { api: { version: '2' } },
        requestedBy: 'ada',
        change: usual,
      },
      now: momentAfter(5),
    });

    expect(answer).toMatchObject({ outcome: 'accepted' });
    expect(await account.recordOf('storefront-1')).toEqual(release);
    expect(account.dynamodb.commandCalls(QueryCommand)).toHaveLength(0);
    expect(account.dynamodb.commandCalls(PutItemCommand)).toHaveLength(0);
  });
});
