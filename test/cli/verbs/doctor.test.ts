import '../../handlers/environment.ts';

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import type { Account } from '../../../account/account.ts';
import { findingsOf } from '../../../account/permissions.ts';
import { linesOf } from '../../../cli/verbs/doctor.ts';
import { settingsParameter, targetParameter } from '../../../core/drivers/registration.ts';
import { TRYING } from '../../../core/events/tried.ts';
import { api, web } from '../../core/fixture.ts';

const ssm = mockClient(SSMClient);

beforeEach(() => {
  ssm.reset();
  ssm.on(GetParametersByPathCommand).resolves({ Parameters: [] });
});

/** Registers a pair of these targets, each with the role that its stack brings. */
const registered = (pair: string, ...roles: readonly (string | undefined)[]) => {
  const targets = roles.map((prepareRole, index) =>
    web({ name: `web-${index + 1}`, ...(prepareRole ? { prepareRole } : {}) }),
  );
  const parameter = (Name: string, value: object) => ({ Name, Value: JSON.stringify(value) });
  ssm.on(GetParametersByPathCommand).resolves({
    Parameters: [
      parameter(settingsParameter(pair), { pair }),
      ...[...targets, api()].map((one) => parameter(targetParameter(pair, one.name), one)),
    ],
  });
};

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

it('has prepare-target assume the roles of all pairs that bring one', async () => {
  const lambda = answering(allowed);
  registered('shop', 'arn:aws:iam::111122223333:role/tandem/us-east-1/web', undefined);
  const tried = { ...refused, action: 'sts:AssumeRole shop/web-1' };
  lambda.on(InvokeCommand, { FunctionName: 'tandem-prepare-target' }).resolves({
    Payload: Buffer.from(JSON.stringify({ tried: [tried] })) as never,
  });

  const findings = await findingsOf(account);

  const asked = lambda
    .commandCalls(InvokeCommand, { FunctionName: 'tandem-prepare-target' })
    .map(({ args }) => JSON.parse(String(args[0].input.Payload)));
  expect(asked).toEqual([
    {
      tandem: 'try',
      roles: { 'shop/web-1': 'arn:aws:iam::111122223333:role/tandem/us-east-1/web' },
    },
  ]);
  expect(findings.at(-1)).toEqual({ function: 'tandem-prepare-target', ...tried });
  expect(findings).toHaveLength(TRYING.length + 1);
});

it('has set-scaling assume the roles for scaling', async () => {
  const lambda = answering(allowed);
  const scalingRole = 'arn:aws:iam::111122223333:role/tandem/us-east-1/scaling';
  const parameter = (Name: string, value: object) => ({ Name, Value: JSON.stringify(value) });
  ssm.on(GetParametersByPathCommand).resolves({
    Parameters: [
      parameter(settingsParameter('shop'), { pair: 'shop' }),
      parameter(targetParameter('shop', 'web'), web({ name: 'web', scalingRole })),
    ],
  });

  await findingsOf(account);

  const asked = lambda
    .commandCalls(InvokeCommand, { FunctionName: 'tandem-set-scaling' })
    .map(({ args }) => JSON.parse(String(args[0].input.Payload)));
  expect(asked).toEqual([{ tandem: 'try', roles: { 'shop/web': scalingRole } }]);
});

it('shows the roles as unclear to a caller who may not read registrations', async () => {
  answering(allowed);
  ssm
    .on(GetParametersByPathCommand)
    .rejects(Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }));

  expect((await findingsOf(account)).at(-1)).toEqual({
    function: 'tandem-prepare-target',
    action: 'sts:AssumeRole',
    outcome: 'unclear',
    said: 'No registration could be read: AccessDeniedException: not authorized',
  });
});
