import '../environment.ts';

import { beforeEach, describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { handler as onApproval } from '../../../handlers/triggers/on-approval.ts';
import { handler as onCommand } from '../../../handlers/triggers/on-command.ts';
import { momentAfter, policy, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { event, invoke } from '../invoke.ts';

let account: Account;

beforeEach(async () => {
  account = await openAccount();
});

const open = (change: Parameters<typeof record>[0] = {}) =>
  account.release(record({ listener: 'token-of-listen', signals: 3, ...change }));

const now = (): Promise<ReleaseRecord> => account.recordOf('storefront-1');

describe('an answer on the approvals topic', () => {
  const delivery = event('sns-approval');

  /** The delivery with another message, or one sent at another time. */
  const saying = (message: object | string, Timestamp = delivery.Records[0].Sns.Timestamp) => ({
    Records: [
      {
        ...delivery.Records[0],
        Sns: {
          ...delivery.Records[0].Sns,
          Timestamp,
          Message: typeof message === 'string' ? message : JSON.stringify(message),
        },
      },
    ],
  });

  const answer = JSON.parse(delivery.Records[0].Sns.Message);

  const asking = {
    phase: 'Asking' as const,
    approval: {
      id: 'approval-1',
      state: 'pending' as const,
      requestedAt: momentAfter(10),
      expiresAt: momentAfter(70),
      shown: [],
    },
  };

  it('decides, is written into the ledger, and wakes the release', async () => {
    await open(asking);

    await invoke(onApproval, delivery);

    const { approval } = await now();
    expect(approval).toMatchObject({
      state: 'approved',
      by: 'maria@example.com',
      comment: 'Looks right',
    });
    expect(await account.ledgerOf('storefront-1')).toEqual(['approved by maria@example.com']);
    expect(account.completed()).toEqual([['token-of-listen', {}]]);
  });

  it('rejects too', async () => {
    await open(asking);

    await invoke(onApproval, saying({ ...answer, decision: 'REJECT' }));

    expect((await now()).approval?.state).toBe('rejected');
  });

  it('decides once: a second answer, or the same one again, changes nothing', async () => {
    await open(asking);

    await invoke(onApproval, delivery);
    await invoke(onApproval, delivery);
    await invoke(onApproval, saying({ ...answer, decision: 'REJECT', by: 'otto@example.com' }));

    const { approval } = await now();
    expect(approval).toMatchObject({ state: 'approved', by: 'maria@example.com' });
    expect(await account.ledgerOf('storefront-1')).toHaveLength(1);
    expect(account.completed()).toHaveLength(1);
  });

  it.each([
    ['with another id', { ...answer, approvalId: 'approval-2' }],
    ['about a release that nobody knows', { ...answer, releaseId: 'storefront-9' }],
    ['with an id that no execution can have', { ...answer, releaseId: '../storefront-1' }],
    ['with a word that is no decision', { ...answer, decision: 'MAYBE' }],
    ['without a name', { ...answer, by: '' }],
    ['with a name that nobody can see', { ...answer, by: '\u3164' }],
    ['that is no JSON', 'approved!'],
    ['that is no object', '"APPROVE"'],
  ])('has no effect %s', async (_what, message) => {
    await open(asking);

    await invoke(onApproval, saying(message));

    expect((await now()).approval?.state).toBe('pending');
    expect(account.completed()).toEqual([]);
  });

  it('has no effect after the approval has expired, by the time of the message', async () => {
    await open(asking);

    await invoke(onApproval, saying(answer, '2026-11-23T10:10:00.000Z'));

    expect((await now()).approval?.state).toBe('pending');
  });

  it('cannot approve where the pair requires four eyes: SNS does not say who published', async () => {
    await open({ ...asking, policy: policy({ fourEyes: true }) });

    await invoke(onApproval, delivery);
    expect((await now()).approval?.state).toBe('pending');

    await invoke(onApproval, saying({ ...answer, decision: 'REJECT' }));
    expect((await now()).approval?.state).toBe('rejected');
  });

  it('does not stop the answers that came with it', async () => {
    await open(asking);
    const { Records } = saying('nonsense');

    await invoke(onApproval, { Records: [...Records, ...delivery.Records] });

    expect((await now()).approval?.state).toBe('approved');
  });
});

describe('a command', () => {
  const order = { releaseId: 'storefront-1', command: 'abort', by: 'maria', reason: 'wrong image' };

  const place = (release: string) => ({ release, execution: 'e', since: momentAfter(0) });
  const waiting = (release: string) => ({ ...place(release), token: 'token-of-turn' });

  it('is taken, is a fact of who gave it, and wakes the release', async () => {
    await open();

    expect(await invoke(onCommand, order)).toEqual({
      accepted: true,
      text: 'Abort requested by maria: wrong image',
    });

    const { commands } = await now();
    expect(commands.abort).toEqual({ by: 'maria', reason: 'wrong image' });
    expect(await account.factsOf('storefront-1')).toMatchObject([
      { kind: 'carried-over' },
      { kind: 'ordered', by: { person: 'maria' }, data: { command: 'abort' } },
    ]);
    expect(await account.ledgerOf('storefront-1')).toEqual([
      'Abort requested by maria: wrong image',
    ]);
    expect(account.completed()).toHaveLength(1);
  });

  it('ends the wait of a release for its turn', async () => {
    await account.release(record({ phase: 'Waiting' }));
    await account.giveTurn({ owner: place('storefront-0'), waiting: waiting('storefront-1') });

    await invoke(onCommand, { ...order, command: 'hold' });
    const held = account.completed();
    await invoke(onCommand, order);

    expect(held).toEqual([]);
    expect(account.completed()).toEqual([['token-of-turn', { turn: 'aborted' }]]);
  });

  it('leaves the wait of another release alone', async () => {
    await open();
    await account.giveTurn({ owner: place('storefront-1'), waiting: waiting('storefront-2') });

    await invoke(onCommand, order);

    expect(account.completed().map(([token]) => token)).toEqual(['token-of-listen']);
  });

  it('holds, and resumes', async () => {
    await open();

    await invoke(onCommand, { ...order, command: 'hold' });
    expect((await now()).commands.hold).toBe(true);

    await invoke(onCommand, { ...order, command: 'resume' });
    expect((await now()).commands.hold).toBe(false);
  });

  it.each([
    ['about a release that nobody knows', {}, { releaseId: 'storefront-9' }, 'no release'],
    ['that would promote before all traffic is on green', {}, { command: 'promote' }, 'Preparing'],
    ['after the end', { end: 'Promoted', phase: 'Ended' }, {}, 'has ended: Promoted'],
    ['that holds what is held', { commands: { hold: true } }, { command: 'hold' }, 'held already'],
    ['that resumes what goes on', {}, { command: 'resume' }, 'nothing holds the release'],
    [
      'during a rollback',
      { decision: 'rollback', phase: 'RollingBack' },
      {},
      'is rolling back already',
    ],
  ] as const)('is refused with a reason %s', async (_what, state, change, text) => {
    await open(state);

    const answered = await invoke(onCommand, { ...order, ...change });

    expect(answered).toEqual({ accepted: false, text: expect.stringContaining(text) });
    expect(await account.ledgerOf('storefront-1')).toEqual([]);
    expect(account.completed()).toEqual([]);
  });

  it.each([
    [{ ...order, command: 'abrot' }, '"abrot" is no command'],
    [{ ...order, by: undefined }, 'by is missing'],
    ['abort', 'a command looks like'],
  ])('that nobody understands is answered in words: %j', async (written, text) => {
    await open();

    expect(await invoke(onCommand, written)).toEqual({
      accepted: false,
      text: expect.stringContaining(text),
    });
    expect(account.completed()).toEqual([]);
  });

  it('that another one comes before is judged by what is written then', async () => {
    await open();
    const hold = { ...order, command: 'hold' };

    const answers = await Promise.all([
      invoke(onCommand, hold),
      invoke(onCommand, { ...hold, by: 'bert' }),
    ]);

    expect(answers.map(({ accepted }) => accepted).sort()).toEqual([false, true]);
    expect(await account.ledgerOf('storefront-1')).toHaveLength(1);
  });
});
