/** Both doors for answers, through their real Function URLs: who opens a link changes nothing, and IAM decides who may sign. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccount } from '../../account/account.ts';
import { sendSigned } from '../../account/signed-answers.ts';
import { linkOf } from '../../rehearsal/stage/approval-http.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';

let stage: Stage;

/** Starts a release by hand, and waits until it asks. */
const ask = async (name: string): Promise<URL> => {
  await stage.start(
    {
      pair: stage.pair,
      targets: { web: { image: 'storefront-web:2.0.0' }, api: { version: 'latest' } },
      requestedBy: 'maria@example.com',
      reason: 'a test',
    },
    name,
  );
  await stage.until('the request', async () =>
    (await stage.record(name))?.approval ? true : undefined,
  );
  return linkOf(stage.sandbox, name);
};

const visit = async (url: URL, method = 'GET', form?: Record<string, string>) => {
  const body = form && { body: String(new URLSearchParams(form)) };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(url, { method, headers, ...body });
  const { date: _, ...told } = Object.fromEntries(response.headers);
  return { status: response.status, headers: told, text: await response.text() };
};

const answer = async (url: URL, decision: string) => {
  const nonce = /name="nonce" value="(\w+)"/.exec((await visit(url)).text)?.[1] ?? '';
  return visit(url, 'POST', { nonce, decision, by: 'Grace', comment: 'seen' });
};

const changed = (url: URL, change: Record<string, string>): URL => {
  const other = new URL(url);
  for (const [name, text] of Object.entries(change)) other.searchParams.set(name, text);
  return other;
};

const everything = () => stage.sandbox.call('dynamodb', 'Scan', { TableName: 'tandem' });

beforeAll(async () => {
  stage = await openStage({ setting: { kind: 'simulation', functions } });
  await stage.settings((settings) => ({
    ...settings,
    policy: { ...settings.policy, approval: 'required' },
  }));
  await stage.update('2.0.0');
  await stage.push('2.0.0');
});
afterAll(() => stage.close());

const BY_URL = { Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } } };

/** An account as a session sees it whose role has just these statements. */
const accountOf = async (name: string, statements: readonly object[]) => {
  const { sandbox } = stage;
  const { call, account, region } = sandbox;
  const own = ['sts:GetCallerIdentity', 'lambda:GetFunctionUrlConfig'];
  const Statement = [{ Action: own }, ...statements].map((one) => ({
    Effect: 'Allow',
    Resource: '*',
    ...one,
  }));
  await call('iam', 'CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  });
  await call('iam', 'PutRolePolicy', {
    RoleName: name,
    PolicyName: 'own',
    PolicyDocument: JSON.stringify({ Statement }),
  });
  const { Credentials } = await call('sts', 'AssumeRole', {
    RoleArn: `arn:aws:iam::${account}:role/${name}`,
    RoleSessionName: 'grace',
  });
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = Credentials;
  return openAccount({
    endpoint: sandbox.url ?? (await sandbox.open(0)),
    region,
    credentials: { accessKeyId, secretAccessKey },
  });
};

describe('the door that wants a signature', () => {
  const nobody = { releaseId: 'none', approvalId: 'none', decision: 'APPROVE' } as const;

  it.each([
    ['nothing', []],
    ['the URL without the function', [{ Action: 'lambda:InvokeFunctionUrl' }]],
    ['the function past its URL', [{ Action: 'lambda:InvokeFunction', ...BY_URL }]],
  ])('lets nobody in who is granted %s, and says what it takes', async (granted, statements) => {
    const account = await accountOf(granted.replaceAll(' ', '-'), statements);

    await expect(sendSigned(account, nobody)).rejects.toThrow(
      'IAM does not let you answer: you need lambda:InvokeFunctionUrl and lambda:InvokeFunction on tandem-on-approval-call',
    );
  });

  it('lets in who is granted both', async () => {
    const account = await accountOf('both', [
      { Action: 'lambda:InvokeFunctionUrl' },
      { Action: 'lambda:InvokeFunction', ...BY_URL },
    ]);

    expect(await sendSigned(account, nobody)).toEqual({
      accepted: false,
      text: 'no release waits for this approval',
    });
  });
});

describe('the page of an approval', () => {
  it('shows versions and where to look at green, which answers there as the new version', async () => {
    const { text } = await visit(await ask('looked-at'));

    expect(text).toContain('1.0.0 (storefront-web:1) → <strong>2.0.0 (storefront-web:2)</strong>');
    expect(text).toContain('version 1 → <strong>2.0.0 (version 2)</strong>');
    expect(text).toContain('aws lambda invoke --function-name storefront-api --qualifier 2 ');
    const { testAddress } = (await stage.record('looked-at'))!.targets.web!;
    expect(text).toContain(`<a href="${testAddress!.origin}/" target="_blank" rel="noreferrer">`);
    await stage.command({
      releaseId: 'looked-at',
      command: 'abort',
      by: 'ada',
      reason: 'seen',
    });
    await stage.ended(
      `arn:aws:states:${stage.sandbox.region}:${stage.sandbox.account}:execution:tandem-release:looked-at`,
    );
  });
});

describe('a link to an approval', () => {
  it('changes nothing when it is fetched a thousand times, tells one thing when it is bad, and decides once', async () => {
    const rejected = await ask('rejected');
    const before = await everything();

    const statuses = new Set<string>();
    for (let i = 0; i < 1000; i += 1) {
      const method = ['GET', 'HEAD', 'OPTIONS'][i % 3]!;
      statuses.add(`${method} ${(await visit(rejected, method)).status}`);
    }

    expect([...statuses].sort()).toEqual(['GET 200', 'HEAD 200', 'OPTIONS 204']);
    expect(await everything()).toEqual(before);

    expect(await answer(rejected, 'REJECT')).toMatchObject({
      status: 200,
      text: expect.stringContaining('rejected by link: Grace'),
    });
    await stage.ended(
      `arn:aws:states:${stage.sandbox.region}:${stage.sandbox.account}:execution:tandem-release:rejected`,
    );
    const promoted = await ask('promoted');
    const expired = changed(promoted, { expires: '2020-01-01T00:00:00.000Z' });
    const bad: Record<string, URL> = {
      replayed: rejected,
      forged: changed(promoted, { signature: '0'.repeat(64) }),
      expired,
      'of another release': changed(promoted, { release: 'rejected' }),
      'with the approval of another': changed(promoted, {
        approval: rejected.searchParams.get('approval')!,
      }),
      'with the signature of another': changed(promoted, {
        signature: rejected.searchParams.get('signature')!,
      }),
    };
    const asking = await everything();
    for (const method of ['GET', 'HEAD', 'POST']) {
      const form =
        method === 'POST' ? { nonce: '0'.repeat(64), decision: 'APPROVE', by: 'Eve' } : undefined;
      const told = await visit(bad.replayed!, method, form);
      expect(told.status).toBe(404);
      for (const [name, url] of Object.entries(bad))
        expect([name, await visit(url, method, form)]).toEqual([name, told]);
    }
    expect(await everything()).toEqual(asking);

    expect((await answer(promoted, 'APPROVE')).status).toBe(200);
    expect((await stage.record('promoted'))?.approval).toMatchObject({
      state: 'approved',
      by: 'link: Grace',
      comment: 'seen',
    });
    expect((await answer(promoted, 'REJECT')).status).toBe(404);
  });
});
