/** The two ways to answer by HTTP, as people use them: the page behind a link, and the URL that wants a signature. */

import type { Sandbox } from 'tandem-sandbox';
import type { Reply } from '../../account/commands.ts';
import { sendSigned } from '../../account/signed-answers.ts';
import { APPROVAL_REQUESTS_TOPIC, handlerFunction } from '../../core/names.ts';
import type { ApprovalAnswer } from '../../core/people/approval.ts';
import { accountIn } from './account.ts';

const TEXT = new TextEncoder();

const ask = async (
  { serve }: Sandbox,
  url: URL,
  method: string,
  body = '',
  headers: Record<string, string> = {},
) => {
  const response = await serve(url, {
    method,
    url: `${url.pathname}${url.search}`,
    headers: { host: url.host, ...headers },
    body: TEXT.encode(body),
  });
  return { status: response.status, text: new TextDecoder().decode(response.body) };
};

/** The link in the newest request for an approval of a release. @internal */
export const linkOf = (sandbox: Sandbox, release: string): URL => {
  const topic = `arn:aws:sns:${sandbox.region}:${sandbox.account}:${APPROVAL_REQUESTS_TOPIC}`;
  const asked = sandbox
    .messages(topic)
    .map(({ message }) => JSON.parse(message))
    .findLast(({ kind, releaseId }) => kind === 'approval-requested' && releaseId === release);
  if (!asked) throw new Error('nobody has been sent a link to the release yet');
  return new URL(asked.answer.link);
};

/** Opens a link, and answers on its page. */
export const answerOnPage = async (
  sandbox: Sandbox,
  { releaseId, decision, by }: ApprovalAnswer,
): Promise<Reply> => {
  const link = linkOf(sandbox, releaseId);
  const shown = await ask(sandbox, link, 'GET');
  const nonce = /name="nonce" value="(\w+)"/.exec(shown.text)?.[1] ?? '';
  const form = String(new URLSearchParams({ nonce, decision, by, comment: '' }));
  const said = await ask(sandbox, link, 'POST', form, {
    'content-type': 'application/x-www-form-urlencoded',
  });
  return { accepted: said.status === 200, text: said.text };
};

const ROLE = 'approver';

/** Access key of a person, in a session of a role that may answer by URL and do nothing else. */
const keyOf = async ({ call, account }: Sandbox, functionArn: string, person: string) => {
  const RoleArn = `arn:aws:iam::${account}:role/${ROLE}`;
  const exists = await call('iam', 'GetRole', { RoleName: ROLE }).catch(() => undefined);
  if (!exists) {
    const root = { AWS: `arn:aws:iam::${account}:root` };
    await call('iam', 'CreateRole', {
      RoleName: ROLE,
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: root, Action: 'sts:AssumeRole' }],
      }),
    });
    const byUrl = { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } };
    const [Effect, Resource] = ['Allow', functionArn];
    await call('iam', 'PutRolePolicy', {
      RoleName: ROLE,
      PolicyName: 'answer',
      PolicyDocument: JSON.stringify({
        Statement: [
          { Effect, Resource, Action: ['lambda:GetFunctionUrlConfig', 'lambda:InvokeFunctionUrl'] },
          { Effect, Resource, Action: 'lambda:InvokeFunction', Condition: byUrl },
        ],
      }),
    });
  }
  const { Credentials } = await call('sts', 'AssumeRole', { RoleArn, RoleSessionName: person });
  return Credentials.AccessKeyId;
};

/** Answers as a person whom IAM knows by the name `by`. */
export const answerSigned = async (
  sandbox: Sandbox,
  { by, ...answer }: ApprovalAnswer,
): Promise<Reply> => {
  const { FunctionArn } = await sandbox.call('lambda', 'GetFunctionUrlConfig', {
    FunctionName: handlerFunction('on-approval-call'),
  });
  const account = await accountIn(sandbox, await keyOf(sandbox, FunctionArn, by));
  const reply = await sendSigned(account, answer);
  if (!reply) throw new Error('the account has no URL for answers');
  return reply;
};
