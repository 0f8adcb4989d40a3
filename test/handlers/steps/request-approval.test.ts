import '../environment.ts';

import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../../handlers/steps/request-approval.ts';
import { momentAfter, proven, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';
import { mockKey } from '../mac.ts';

let account: Account;
let sns: ReturnType<typeof mockClient<any, any, any>>;

const ask = () =>
  invoke(handler, {
    pair: 'storefront',
    release: 'storefront-1',
    nonce: 'n'.repeat(72),
    now: momentAfter(1),
  });

const published = (): any[] =>
  sns.commandCalls(PublishCommand as any).map(({ args: [{ input }] }: any) => input);

beforeEach(async () => {
  account = await openAccount();
  mockKey();
  sns = mockClient(SNSClient);
  sns.on(PublishCommand as any).resolves({});
  await account.release(record({ proof: proven() }));
});

describe('the request for an approval', () => {
  it('comes as JSON, and by e-mail as a letter with the proof', async () => {
    await ask();

    const [{ MessageStructure, Message, MessageAttributes }] = published();
    const { default: json, email } = JSON.parse(Message);
    expect(MessageStructure).toBe('json');
    expect(MessageAttributes.kind.StringValue).toBe('approval-requested');
    expect(JSON.parse(json)).toMatchObject({
      kind: 'approval-requested',
      releaseId: 'storefront-1',
      proof: { verdict: 'pass', mixed: { text: '4 of 4 cells pass' } },
      expiresAt: momentAfter(61),
    });
    expect(email).toBe(JSON.parse(json).text);
    expect(email).toContain('\n2×2: 4 of 4 cells pass\n');
    expect(JSON.parse(JSON.parse(Message).https).content.description).toBe(email);
  });

  it('has its link on the topic of the approvers, and nowhere else', async () => {
    await ask();

    const [everybody, approvers] = published();
    const [open, linked] = [everybody, approvers].map(({ Message }) => JSON.parse(Message).default);
    expect(everybody.TopicArn).toMatch(/:tandem-notifications$/);
    expect(approvers.TopicArn).toMatch(/:tandem-approval-requests$/);
    expect(everybody.Message).not.toContain('https:');
    expect(JSON.parse(open).text).toContain('npx tandem approve storefront-1');
    expect(JSON.parse(linked).answer.link).toMatch(/^https:.*signature=[0-9a-f]{64}$/);
  });

  it('goes to approvers without a link where the stack has no page', async () => {
    const page = process.env.TANDEM_APPROVAL_PAGE!;
    delete process.env.TANDEM_APPROVAL_PAGE;
    await ask().finally(() => {
      process.env.TANDEM_APPROVAL_PAGE = page;
    });

    const [, approvers] = published();
    expect(published()).toHaveLength(2);
    expect(approvers.TopicArn).toMatch(/:tandem-approval-requests$/);
    expect(JSON.parse(JSON.parse(approvers.Message).default).answer).not.toHaveProperty('link');
  });

  it('is the same one when it is asked again', async () => {
    await ask();
    await ask();

    const ids = published().map(
      ({ Message }) => JSON.parse(JSON.parse(Message).default).approvalId,
    );
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(1);
    expect((await account.recordOf('storefront-1')).approval?.id).toBe(ids[0]);
  });
});
