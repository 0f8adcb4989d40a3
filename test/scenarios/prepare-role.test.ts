/** What the role that the sample's pair brings for its task definitions may do, asked by the clients of AWS. */
import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';

const RELEASE = [{ key: 'tandem:release', value: 'a-release' }];

let stage: Stage;
let ecs: ECSClient;
let running: Record<string, any>;

beforeAll(async () => {
  stage = await openStage({ setting: { kind: 'simulation', functions } });
  const { call, open, region } = stage.sandbox;
  const { Parameter } = await call('ssm', 'GetParameter', {
    Name: '/tandem/storefront/targets/web',
  });
  const { taskDefinition } = await call('ecs', 'DescribeTaskDefinition', {
    taskDefinition: 'storefront-web',
  });
  running = taskDefinition;
  const sandbox = { region, endpoint: await open(0) };
  const owner = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'of-the-owner' };
  const { Credentials } = await new STSClient({ ...sandbox, credentials: owner }).send(
    new AssumeRoleCommand({
      RoleArn: JSON.parse(Parameter.Value).prepareRole,
      RoleSessionName: 'a-release@storefront',
      DurationSeconds: 900,
    }),
  );
  ecs = new ECSClient({
    ...sandbox,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
});

afterAll(() => stage.close());

const register = (change: object) => {
  const { family, containerDefinitions, taskRoleArn, executionRoleArn } = running;
  const { networkMode, requiresCompatibilities, cpu, memory } = running;
  return ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions,
      taskRoleArn,
      executionRoleArn,
      networkMode,
      requiresCompatibilities,
      cpu,
      memory,
      tags: RELEASE,
      ...change,
    }),
  );
};

it('registers a revision of its own family, with the tag of a release', async () => {
  const { taskDefinition } = await register({});

  expect(taskDefinition?.family).toBe('storefront-web');
});

it.each([
  ['a revision of another family', { family: 'payments' }, 'ecs:TagResource'],
  ['a revision without the tag of a release', { tags: [] }, 'ecs:RegisterTaskDefinition'],
  [
    'a revision with the role of another service',
    { taskRoleArn: 'arn:aws:iam::111122223333:role/payments-task' },
    'iam:PassRole',
  ],
])('does not register %s', async (_, change, action) => {
  await expect(register(change)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(
      new RegExp(`assumed-role/.*/a-release@storefront is not authorized to perform: ${action} `),
    ),
  });
});
