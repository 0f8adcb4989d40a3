import '../handlers/environment.ts';

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import type { Account } from '../../cli/account.ts';
import { findingsOf, linesOf } from '../../cli/doctor.ts';
import { TRYING } from '../../core/tried.ts';

const account: Account = {
  place: 'account 111122223333',
  caller: 'ada',
  identity: 'arn:aws:iam::111122223333:user/ada',
  arn: (service, resource) => `arn:aws:${service}:us-east-1:111122223333:${resource}`,
  now: () => 0,
  client: (Client) => new Client({ region: 'us-east-1' }),
};

const allowed = {
  action: 'codedeploy:GetDeployment',
  outcome: 'allowed',
  said: 'DeploymentDoesNotExistException: no such deployment',
};
const refused = { ...allowed, outcome: 'refused', said: 'AccessDeniedException: not authorized' };

/** What the functions answer; `observe` may answer something else. */
const answering = (observe: object) => {
  const Payload = (tried: object) => Buffer.from(JSON.stringify({ tried: [tried] })) as never;
  const lambda = mockClient(LambdaClient);
  lambda.on(InvokeCommand).resolves({ Payload: Payload(allowed) });
  lambda.on(InvokeCommand, { FunctionName: 'tandem-observe' }).resolves({
    Payload: Payload(observe),
  });
  return lambda;
};

it('says that every call is allowed, when it is', async () => {
  answering(allowed);
  const lines = linesOf(await findingsOf(account));

  expect(lines.at(-1)).toMatch(`All ${TRYING.length} calls are allowed. Nothing was changed`);
});

it("shows a refused call with the function and AWS's words", async () => {
  answering(refused);
  const findings = await findingsOf(account);

  expect(findings.filter(({ outcome }) => outcome === 'refused')).toEqual([
    { function: 'tandem-observe', ...refused },
  ]);
  expect(linesOf(findings)).toContain('  AccessDeniedException: not authorized');
  expect(linesOf(findings).at(-1)).toMatch(`1 of ${TRYING.length} calls`);
});

it('takes a function that cannot be asked for unclear, never for allowed', async () => {
  answering(allowed)
    .on(InvokeCommand, { FunctionName: 'CodeDeployHook_tandem_after-allow-traffic' })
    .rejects(Object.assign(new Error('no such function'), { name: 'ResourceNotFoundException' }));
  const unclear = (await findingsOf(account)).filter(({ outcome }) => outcome === 'unclear');

  expect(unclear).toMatchObject([
    { action: 'lambda:InvokeFunction', said: 'ResourceNotFoundException: no such function' },
  ]);
});
