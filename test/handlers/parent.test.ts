import './environment.ts';

import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as closeRelease } from '../../handlers/steps/close-release.ts';
import { handler as validateRelease } from '../../handlers/steps/validate-release.ts';
import { momentAfter, record } from '../core/fixture.ts';
import { type Account, openAccount } from './account.ts';
import { executionArn } from './environment.ts';
import { invoke } from './invoke.ts';

const parent = { kind: 'train', id: '7', region: 'eu-west-1', replyTo: 'train-7' };

let account: Account;
let sns: ReturnType<typeof mockClient<any, any, any>>;

/** Each message that was published: its body and its attribute for the parent. */
const told = (): readonly any[] =>
  sns.commandCalls(PublishCommand as any).map(({ args: [{ input }] }: any) => ({
    body: JSON.parse(JSON.parse(input.Message).default),
    replyTo: input.MessageAttributes.replyTo?.StringValue,
  }));

const close = async (change: Parameters<typeof record>[0]) => {
  await account.release(record(change));
  await invoke(closeRelease, { pair: 'storefront', release: 'storefront-1', now: momentAfter(9) });
};

const start = (input: object) =>
  invoke(validateRelease, {
    execution: executionArn('nobody-1'),
    input: { pair: 'nobody', targets: { api: { version: '2' } }, requestedBy: 'ada', ...input },
    now: momentAfter(0),
  });

beforeEach(async () => {
  account = await openAccount();
  sns = mockClient(SNSClient);
  sns.on(PublishCommand as any).resolves({});
});

describe('the parent of a release', () => {
  it('is told its end, by an attribute that a subscription can filter by', async () => {
    await close({ parent });

    expect(told()).toEqual([
      {
        replyTo: 'train-7',
        body: expect.objectContaining({
          kind: 'release-ended',
          releaseId: 'storefront-1',
          end: 'Rejected',
          parent,
        }),
      },
    ]);
  });

  it('is told of a release that is refused without a record', async () => {
    expect(await start({ parent })).toMatchObject({ outcome: 'refused' });

    expect(told()).toEqual([
      {
        replyTo: 'train-7',
        body: expect.objectContaining({
          releaseId: 'nobody-1',
          end: 'Rejected',
          reasons: [expect.objectContaining({ code: 'unknown-pair' })],
          parent,
        }),
      },
    ]);
  });

  it('may be missing: the end is told to people only, and a refusal to nobody', async () => {
    await close({});
    await start({});

    expect(told().map(({ replyTo, body }) => [replyTo, body.parent])).toEqual([
      [undefined, undefined],
    ]);
  });
});
