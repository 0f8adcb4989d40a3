import '../environment.ts';

import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as requestApproval } from '../../../handlers/steps/request-approval.ts';
import { handler as onApprovalCall } from '../../../handlers/triggers/on-approval-call.ts';
import { handler as onApprovalPage } from '../../../handlers/triggers/on-approval-page.ts';
import { atMinute, momentAfter, policy, proven, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';
import { mockKey } from '../mac.ts';

let account: Account;
let kms: AwsClientStub<KMSClient>;
let sns: ReturnType<typeof mockClient<any, any, any>>;

beforeEach(async () => {
  account = await openAccount();
  kms = mockKey() as never;
  sns = mockClient(SNSClient);
  sns.on(PublishCommand as any).resolves({});
});

/** Lets a release ask, and gives the parameters of the link in the request that people get. */
const ask = async (change: Parameters<typeof record>[0] = {}): Promise<Record<string, string>> => {
  const { release } = await account.release(
    record({ proof: proven(), requestedBy: 'maria@example.com', ...change }),
  );
  await invoke(requestApproval, {
    pair: 'storefront',
    release,
    nonce: 'n'.repeat(72),
    now: momentAfter(1),
  });
  const { Message } = (sns.commandCalls(PublishCommand as any).at(-1) as any).args[0].input;
  const { answer, text } = JSON.parse(JSON.parse(Message).default);
  expect(text).toContain(answer.link);
  // From here on the release listens.
  await account.release({
    ...(await account.recordOf(release)),
    listener: `token-of-${release}`,
  });
  return Object.fromEntries(new URL(answer.link).searchParams);
};

const send = (method: string, query: object, minute = 2, body?: Record<string, string>) =>
  invoke(onApprovalPage, {
    queryStringParameters: query,
    requestContext: { http: { method }, timeEpoch: atMinute(minute) },
    ...(body && {
      body: Buffer.from(String(new URLSearchParams(body))).toString('base64'),
      isBase64Encoded: true,
    }),
  });

const nonceIn = (page: string) => /name="nonce" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? '';

const answer = async (
  query: object,
  more: Record<string, string> = {},
  minute = 2,
): Promise<any> => {
  const { body } = await send('GET', query, 2);
  const said = { nonce: nonceIn(body), decision: 'APPROVE', by: 'Grace', comment: '', ...more };
  return send('POST', query, minute, said);
};

const now = (release = 'storefront-1') => account.recordOf(release);

describe('the page of a link', () => {
  it('shows what is to be approved, and no task token, with headers that load and tell nothing', async () => {
    const { statusCode, headers, body } = await send('GET', await ask());

    expect(statusCode).toBe(200);
    expect(body).toContain('maria@example.com');
    expect(body).toContain('4 of 4 cells pass');
    expect(body).not.toContain('token-of');
    expect(body).not.toMatch(/<script|<link|src=|http/);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it('escapes what others wrote', async () => {
    const link = await ask({ requestedBy: '<script>1</script>', reason: '"><img src=x>' });
    const { body } = await send('GET', link);

    expect(body).toContain('&lt;script&gt;1&lt;/script&gt;');
    expect(body).not.toMatch(/<script|<img/);
  });

  it('lets a person decide, who is named as one that came by link', async () => {
    const { statusCode, body } = await answer(await ask(), { comment: 'looks right' });

    expect([statusCode, body]).toEqual([200, expect.stringContaining('approved by link: Grace')]);
    const { approval } = await now();
    expect(approval).toMatchObject({
      state: 'approved',
      by: 'link: Grace',
      comment: 'looks right',
    });
    expect(await account.ledgerOf('storefront-1')).toEqual(['approved by link: Grace']);
    expect(account.completed()).toEqual([['token-of-storefront-1', {}]]);
  });

  it('rejects too', async () => {
    await answer(await ask(), { decision: 'REJECT' });

    expect((await now()).approval?.state).toBe('rejected');
  });

  it('writes nothing for GET, HEAD and OPTIONS, however often', async () => {
    const link = await ask();
    const before = await now();
    account.dynamodb.resetHistory();

    for (let i = 0; i < 100; i += 1)
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) await send(method, link);

    expect(await now()).toEqual(before);
    expect(account.dynamodb.commandCalls(PutItemCommand)).toEqual([]);
    expect(account.completed()).toEqual([]);
    expect((await answer(link)).statusCode).toBe(200);
  });

  it('wants the nonce of its page, a name, and a decision', async () => {
    const link = await ask();
    const other = await ask({ release: 'storefront-2' });
    const ofOther = nonceIn((await send('GET', other)).body);

    for (const nonce of ['', 'x', ofOther])
      expect((await answer(link, { nonce })).statusCode).toBe(404);
    for (const fault of [{ by: ' ' }, { by: 'x'.repeat(101) }, { decision: 'MAYBE' }])
      expect((await answer(link, fault as never)).statusCode).toBe(400);
    expect((await answer(link, { comment: 'x'.repeat(20_000) })).statusCode).toBe(413);
    expect((await now()).approval?.state).toBe('pending');
  });

  it('rejects only, where the pair requires four eyes', async () => {
    const link = await ask({ policy: policy({ fourEyes: true }) });
    const { body } = await send('GET', link);

    expect(body).toContain('The pair requires four eyes');
    expect(body).not.toContain('value="APPROVE"');
    expect(await answer(link)).toMatchObject({
      statusCode: 403,
      body: expect.stringContaining('a link cannot approve it'),
    });
    expect((await now()).approval?.state).toBe('pending');
    expect((await answer(link, { decision: 'REJECT' })).statusCode).toBe(200);
  });
});

describe('a link that is not good', () => {
  const flipped = (text: string) => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;

  it.each(['GET', 'HEAD', 'POST'])('has one answer to %s, after the same work', async (method) => {
    const link = await ask();
    const other = await ask({ release: 'storefront-2' });
    await ask({ release: 'storefront-3' });
    const replayed = { ...other };
    const nonceOf = async (query: object) => nonceIn((await send('GET', query)).body);
    // The right nonce of each page: what is wrong is the link alone.
    const nonces = {
      [link.approval!]: await nonceOf(link),
      [other.approval!]: await nonceOf(other),
    };
    await answer(replayed);
    const cases: [string, object, number?][] = [
      ['forged', { ...link, signature: flipped(link.signature!) }],
      ['unsigned', { ...link, signature: '' }],
      ['longer', { ...link, expires: momentAfter(600) }],
      ['of another release', { ...link, release: 'storefront-3' }],
      ['with the approval of another', { ...link, approval: other.approval }],
      ['of a release that nobody knows', { ...link, release: 'storefront-9' }],
      ['expired', link, 61],
      ['answered', replayed],
      ['unreadable', { ...link, pair: '../x' }],
      ['empty', {}],
    ];
    const before = await now();

    const seen: [string, unknown, number[]][] = [];
    for (const [name, query, minute] of cases) {
      account.dynamodb.resetHistory();
      kms.resetHistory();
      const { approval = '' } = query as Record<string, string>;
      const body = { nonce: nonces[approval] ?? '', decision: 'APPROVE', by: 'Eve' };
      const said = await send(method, query, minute, method === 'POST' ? body : undefined);
      const work = [
        kms.commandCalls(GenerateMacCommand).length,
        account.dynamodb.commandCalls(GetItemCommand).length,
        account.dynamodb.commandCalls(PutItemCommand).length,
      ];
      seen.push([name, said, work]);
    }

    for (const [name, said, work] of seen)
      expect([name, said, work]).toEqual([name, seen[0]![1], [1, 1, 0]]);
    expect(seen[0]![1]).toMatchObject({ statusCode: 404 });
    expect(await now()).toEqual(before);
  });
});

describe('an answer of a caller whom IAM knows', () => {
  const arn = (name: string) => `arn:aws:sts::111122223333:assumed-role/Deploy/${name}`;

  const call = async (userArn: string | undefined, change: object = {}, method = 'POST') => {
    const { id } = (await now()).approval!;
    const said = { releaseId: 'storefront-1', approvalId: id, decision: 'APPROVE', ...change };
    const answered = await invoke(onApprovalCall, {
      requestContext: {
        http: { method },
        timeEpoch: atMinute(2),
        ...(userArn && { authorizer: { iam: { userArn } } }),
      },
      body: JSON.stringify(said),
    });
    return { ...JSON.parse(answered.body), status: answered.statusCode };
  };

  beforeEach(() => ask({ policy: policy({ fourEyes: true }) }));

  it('approves where the pair requires four eyes, and is kept with the identity', async () => {
    expect(await call(arn('grace'))).toEqual({
      accepted: true,
      text: 'approved by Deploy/grace',
      status: 200,
    });
    expect((await now()).approval).toMatchObject({
      state: 'approved',
      by: 'Deploy/grace',
      identity: arn('grace'),
    });
    expect(account.completed()).toHaveLength(1);
  });

  it('says no name of its own', async () => {
    await call(arn('grace'), { by: 'the board' });

    expect((await now()).approval?.by).toBe('Deploy/grace');
  });

  it.each(['maria@example.com', 'Maria', 'MARIA@EXAMPLE.COM'])(
    'is refused to %s, who asked for the release',
    async (name) => {
      expect(await call(arn(name))).toMatchObject({
        accepted: false,
        text: expect.stringContaining('another person must approve it'),
        status: 409,
      });
      expect((await now()).approval?.state).toBe('pending');
      expect(await call(arn(name), { decision: 'REJECT' })).toMatchObject({ accepted: true });
    },
  );

  it.each([
    ['that was answered', { decision: 'REJECT' }, 'POST', 409],
    ['without its approval', { approvalId: undefined }, 'POST', 400],
    ['for another approval', { approvalId: 'f'.repeat(32) }, 'POST', 409],
    ['for a release that nobody knows', { releaseId: 'storefront-9' }, 'POST', 409],
    ['that is read only', {}, 'GET', 405],
  ])('changes nothing %s', async (_what, change, method, status) => {
    await call(arn('grace'));
    const before = await now();

    expect(await call(arn('otto'), change, method)).toMatchObject({ accepted: false, status });
    expect(await now()).toEqual(before);
  });

  it('is refused when nobody says whose it is', async () => {
    await expect(call(undefined)).rejects.toThrow('authorizer');
  });
});
