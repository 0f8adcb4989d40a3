import '../environment.ts';

import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { TakeTurn } from '../../../core/steps/take-turn.ts';
import { handler as closeRelease } from '../../../handlers/steps/close-release.ts';
import { handler as takeTurn } from '../../../handlers/steps/take-turn.ts';
import { openReleases } from '../../../handlers/table/releases.ts';
import { momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { executionArn } from '../environment.ts';
import { invoke } from '../invoke.ts';

let account: Account;
let sns: ReturnType<typeof mockClient<any, any, any>>;

/** Opens a release that started so many minutes after the first one. */
const open = (release: string, minute: number) =>
  account.release(
    record({ release, owner: executionArn(release), times: { started: momentAfter(minute) } }),
  );

const ask = (release: string, token = `token-of-${release}`) =>
  invoke(takeTurn, {
    pair: 'storefront',
    release,
    execution: executionArn(release),
    token,
    now: momentAfter(10),
  });

const close = (release: string) =>
  invoke(closeRelease, { pair: 'storefront', release, now: momentAfter(60) });

const end = (release: string) => {
  account.executions.get(executionArn(release))!.status = 'SUCCEEDED';
};

beforeEach(async () => {
  account = await openAccount();
  sns = mockClient(SNSClient);
  sns.on(PublishCommand).resolves({});
  await open('first', 0);
  await open('second', 1);
  await open('third', 2);
});

describe('the turn', () => {
  it('is taken at once when nobody has it', async () => {
    expect(await ask('first')).toEqual({ turn: 'taken' });

    expect(account.completed()).toEqual([['token-of-first', { turn: 'taken' }]]);
    expect((await account.turnOf()).owner?.release).toBe('first');
  });

  it('is not taken for a release that has ended, whose step comes late, and its record stays as it is', async () => {
    await ask('first');
    await close('first');
    end('first');
    const ended = await account.recordOf('first');

    expect(await ask('first', 'late')).toEqual({ turn: 'aborted' });

    expect((await account.turnOf()).owner).toBeUndefined();
    expect(await account.recordOf('first')).toEqual(ended);
  });

  it('is waited for while another release has it', async () => {
    await ask('first');

    expect(await ask('second')).toEqual({ turn: 'waiting' });

    expect(account.completed()).toHaveLength(1);
    expect((await account.recordOf('second')).phase).toBe('Waiting');
  });

  it('is waited for in one line of the ledger, however often it is asked for', async () => {
    await ask('first');
    for (const token of ['a', 'b', 'c']) await ask('second', token);

    const lines = await account.ledgerOf('second');
    expect(lines.filter((what) => what.startsWith('Waits'))).toHaveLength(1);
  });

  it('is handed over when its release ends', async () => {
    await ask('first');
    await ask('second');

    await close('first');

    expect(account.completed().at(-1)).toEqual(['token-of-second', { turn: 'handed' }]);
    expect(await account.turnOf()).toMatchObject({ owner: { release: 'second' } });
  });

  it('is free when its release ends and nobody waits', async () => {
    await ask('first');

    await close('first');

    const { owner, waiting } = await account.turnOf();
    expect([owner, waiting]).toEqual([undefined, undefined]);
  });

  it('is taken by what was validated beside the one that has left only after another look', async () => {
    await ask('first');
    await close('first');

    const { left = '' } = await account.turnOf();
    const times = { started: left };
    await account.release({ ...(await account.recordOf('second')), times });

    expect(await ask('second')).toEqual({ turn: 'handed' });
    await account.release({ ...(await account.recordOf('second')), phase: 'Validating' });
    expect(await ask('second')).toEqual({ turn: 'taken' });
  });

  it('is given on once, though closing is tried again', async () => {
    await ask('first');
    await ask('second');

    await close('first');
    await close('first');

    expect((await account.turnOf()).owner?.release).toBe('second');
    expect(account.completed().filter(([token]) => token === 'token-of-second')).toHaveLength(1);
  });

  it('is found by asking again when the word of it was lost', async () => {
    await ask('first');
    await ask('second');
    account.lostTokens.add('token-of-second');

    await close('first');

    expect(await ask('second', 'a-new-token')).toEqual({ turn: 'handed' });
    expect(account.completed().at(-1)).toEqual(['a-new-token', { turn: 'handed' }]);
  });

  it('keeps the waiting place of a release that asks again, under its new token', async () => {
    await ask('first');
    await ask('second');

    expect(await ask('second', 'a-new-token')).toEqual({ turn: 'waiting' });
    await close('first');

    expect(account.completed().at(-1)).toEqual(['a-new-token', { turn: 'handed' }]);
  });

  it('is taken over from a release that has ended, whose execution has too', async () => {
    await ask('first');
    await account.release({ ...(await account.recordOf('first')), end: 'Rejected' });
    end('first');

    expect(await ask('second')).toEqual({ turn: 'taken' });
  });

  it('is not taken over while the release is open: its recovery comes first', async () => {
    await ask('first');
    end('first');

    expect(await ask('second')).toEqual({ turn: 'waiting' });
  });

  it('is not taken over while the execution still runs', async () => {
    await ask('first');
    await account.release({ ...(await account.recordOf('first')), end: 'Promoted' });

    expect(await ask('second')).toEqual({ turn: 'waiting' });
  });

  it('is only ever told in words that the machine knows', async () => {
    await ask('first');
    await ask('second');
    await ask('third');
    await close('first');

    const told = account.completed().map(([, output]) => output);
    expect(told.length).toBeGreaterThan(2);
    for (const output of told) expect(TakeTurn.output.safeParse(output).success).toBe(true);
  });
});

describe('the waiting place', () => {
  it('goes to the newer release, and the older one is told', async () => {
    await ask('first');
    await ask('second');

    expect(await ask('third')).toEqual({ turn: 'waiting' });

    expect(account.completed().at(-1)).toEqual(['token-of-second', { turn: 'superseded' }]);
    await close('first');
    expect((await account.turnOf()).owner?.release).toBe('third');
  });

  it('does not go to an older release that asks later', async () => {
    await ask('first');
    await ask('third');

    expect(await ask('second')).toEqual({ turn: 'superseded' });

    expect(account.completed().at(-1)).toEqual(['token-of-second', { turn: 'superseded' }]);
  });

  it.each([
    ['a newer one came', ['first', 'second', 'third']],
    ['a newer one waits already', ['first', 'third', 'second']],
  ])('is lost by a release that ends Superseded: %s', async (_what, order) => {
    for (const release of order) await ask(release);

    expect(await close('second')).toMatchObject({ end: 'Superseded' });

    expect((await account.recordOf('second')).reasons).toMatchObject([{ code: 'superseded' }]);
    expect((await account.turnOf()).owner?.release).toBe('first');
  });
});

describe('a release that a person has aborted', () => {
  const abort = async (release: string) => {
    const { commands, ...rest } = await account.recordOf(release);
    const order = { by: 'maria', reason: 'wrong image' };
    await account.release({ ...rest, commands: { ...commands, abort: order } });
  };

  it('takes no turn, and no place', async () => {
    await abort('first');

    expect(await ask('first')).toEqual({ turn: 'aborted' });

    expect(account.completed()).toEqual([['token-of-first', { turn: 'aborted' }]]);
    expect(await account.turnOf()).toBeUndefined();
  });

  it('gives its waiting place up when it asks again, and ends Aborted', async () => {
    await ask('first');
    await ask('second');
    await abort('second');

    expect(await ask('second', 'a-new-token')).toEqual({ turn: 'aborted' });
    expect(await close('second')).toMatchObject({ end: 'Aborted' });

    const { reasons } = await account.recordOf('second');
    expect(reasons).toMatchObject([{ code: 'aborted', text: expect.stringContaining('maria') }]);
    expect(await account.turnOf()).toEqual({
      owner: expect.objectContaining({ release: 'first' }),
    });
  });

  it('sees an order that comes while it takes its place', async () => {
    await ask('first');
    await account.release({ ...(await account.recordOf('first')), end: 'Promoted' });
    account.sfn.on(DescribeExecutionCommand).callsFake(async () => {
      await abort('second');
      return { status: 'RUNNING' };
    });

    expect(await ask('second')).toEqual({ turn: 'aborted' });
  });
});

describe('behind a release that needs attention', () => {
  it('the one that waits is looked at again, with what it must not touch in view', async () => {
    await ask('first');
    await ask('second');
    await account.release({ ...(await account.recordOf('first')), end: 'NeedsAttention' });

    await close('first');

    expect(account.completed().at(-1)).toEqual(['token-of-second', { turn: 'handed' }]);
    expect(await account.turnOf()).toMatchObject({
      owner: { release: 'second' },
      attention: { release: 'first' },
    });
  });
});

describe('a release that ends', () => {
  it('tells people, after its turn is free', async () => {
    await ask('first');
    await ask('second');
    const before: unknown[] = [];
    sns.on(PublishCommand).callsFake(async (input: any) => {
      before.push((await account.turnOf()).owner?.release);
      expect(JSON.parse(JSON.parse(input.Message).default)).toMatchObject({
        kind: 'release-ended',
        releaseId: 'first',
      });
      return {};
    });

    await close('first');

    expect(before).toEqual(['second']);
  });

  it('is listed as open until people have been told', async () => {
    await ask('first');
    const listed: boolean[] = [];
    const look = async () => {
      listed.push((await openReleases()).releases.some(({ release }) => release === 'first'));
      return {};
    };
    await look();
    sns.on(PublishCommand).callsFake(look);

    await close('first');
    await look();

    expect(listed).toEqual([true, true, false]);
  });

  it('closed a second time leaves alone what a later release has left', async () => {
    await ask('first');
    await account.release({ ...(await account.recordOf('first')), end: 'Promoted' });
    await close('first');
    const attention = { release: 'second', since: momentAfter(61) };
    await account.giveTurn({ attention });

    await close('first');

    expect(await account.turnOf()).toEqual({ attention });
  });

  it('never tells a task token', async () => {
    await ask('first');
    await ask('second');
    await close('first');

    const said = sns.commandCalls(PublishCommand).map(({ args }) => JSON.stringify(args[0].input));
    expect(said).toHaveLength(1);
    expect(said.join()).not.toContain('token-of');
  });

  it('keeps its end, though closing is tried again', async () => {
    await ask('first');
    const once = await close('first');

    expect(await close('first')).toEqual(once);
    expect((await account.recordOf('first')).end).toBe(once.end);
  });
});
