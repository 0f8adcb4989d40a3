import '../environment.ts';

import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { registerTaskDefinition } from '../../../handlers/drivers/codedeploy-ecs/register-task-definition.ts';
import { sessionName } from '../../../handlers/drivers/pair-role.ts';
import { web } from '../../core/fixture.ts';

const ROLE = 'arn:aws:iam::111122223333:role/tandem/us-east-1/shop-prepare';
const ecs = mockClient(ECSClient);
const sts = mockClient(STSClient);
const release = { pair: 'storefront', release: 'storefront-2' };
const definition = { family: 'storefront-web', containerDefinitions: [] };
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

/** Whose access key each registration had; none is that of the function's own role. */
const keys = () =>
  Promise.all(
    ecs
      .commandCalls(RegisterTaskDefinitionCommand)
      .map(
        async ({ thisValue }) => (await (thisValue as ECSClient).config.credentials()).accessKeyId,
      ),
  );

beforeEach(() => {
  process.env.AWS_ACCESS_KEY_ID = 'ASIAOWN';
  process.env.AWS_SECRET_ACCESS_KEY = 'own';
  ecs.reset();
  sts.reset();
  sts.on(AssumeRoleCommand).resolves({
    Credentials: {
      AccessKeyId: 'ASIAPAIR',
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: undefined,
    },
  });
  ecs.on(RegisterTaskDefinitionCommand).resolves({ taskDefinition: { revision: 2 } });
});

it('registers as the role that the pair brings, in a short session named by release and pair', async () => {
  await registerTaskDefinition(release, web({ prepareRole: ROLE }), definition);

  expect(sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input)).toEqual([
    { RoleArn: ROLE, RoleSessionName: 'storefront-2@storefront', DurationSeconds: 900 },
  ]);
  expect(await keys()).toEqual(['ASIAPAIR']);
});

it('registers by the own role of the step for a pair whose stack brings none', async () => {
  await registerTaskDefinition(release, web(), definition);

  expect(sts.calls()).toEqual([]);
  expect(await keys()).toEqual(['ASIAOWN']);
});

it('names role and target when it may not assume the role, registers nothing, and repeats AWS', async () => {
  sts.on(AssumeRoleCommand).rejects(named('AccessDenied', `not authorized: ${ROLE}`));

  await expect(
    registerTaskDefinition(release, web({ prepareRole: ROLE }), definition),
  ).rejects.toMatchObject({
    name: 'PairRoleError',
    message: `Tandem may not assume the prepareRole of web: deploy the stack of storefront again. AWS: AccessDenied: not authorized: ${ROLE}`,
  });
  expect(ecs.calls()).toEqual([]);
});

it('names family and target when the role may not register or pass', async () => {
  ecs
    .on(RegisterTaskDefinitionCommand)
    .rejects(named('AccessDeniedException', 'not authorized to perform: iam:PassRole'));

  await expect(
    registerTaskDefinition(release, web({ prepareRole: ROLE }), definition),
  ).rejects.toMatchObject({
    name: 'PairRoleError',
    message: expect.stringMatching(
      /^The prepareRole of web may not register storefront-web: deploy the stack of storefront again\. .*iam:PassRole$/,
    ),
  });
});

it.each([
  ['AssumeRole', () => sts.on(AssumeRoleCommand).rejects(named('ThrottlingException', 'slow'))],
  [
    'RegisterTaskDefinition',
    () => ecs.on(RegisterTaskDefinitionCommand).rejects(named('ThrottlingException', 'slow')),
  ],
])(
  'leaves an error of %s that may pass as it is, so that the step is tried again',
  async (_, fail) => {
    fail();

    await expect(
      registerTaskDefinition(release, web({ prepareRole: ROLE }), definition),
    ).rejects.toMatchObject({ name: 'ThrottlingException' });
  },
);

it('makes a session name that STS takes of any release and pair', () => {
  const longest = sessionName({ pair: 'p'.repeat(31), release: 'é release'.padEnd(80, 'x') });

  expect(longest).toMatch(/^[\w+=,.@-]{64}$/);
  expect(sessionName({ pair: 'shop', release: 'a1b2' })).toBe('a1b2@shop');
});
