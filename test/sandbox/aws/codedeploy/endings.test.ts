import { describe, expect, it } from 'vitest';
import { account } from './account.ts';
import { PROD, TEST, TG_A, TG_B } from './neighbours.ts';

type Account = ReturnType<typeof account>;

/** Ways to hold an ECS deployment in one of its phases, with the event that is in progress there. */
const PHASES: readonly [string, string, (aws: Account) => Promise<string>][] = [
  ['a hook before Install', 'BeforeInstall', (aws) => heldIn(aws, 'BeforeInstall')],
  [
    'Install',
    'Install',
    async (aws) => {
      aws.world.steady = false;
      const id = await aws.deployEcs();
      await aws.until(() => aws.world.created.length > 0);
      return id;
    },
  ],
  ['a hook after Install', 'AfterInstall', (aws) => heldIn(aws, 'AfterInstall')],
  [
    'a hook behind the test listener',
    'AfterAllowTestTraffic',
    (aws) => heldIn(aws, 'AfterAllowTestTraffic'),
  ],
  [
    'the shift of traffic',
    'AllowTraffic',
    async (aws) => {
      const id = await aws.deployEcs();
      await aws.until(() => aws.world.shifts.length === 1);
      await aws.pass(1);
      return id;
    },
  ],
  ['a hook after all traffic', 'AfterAllowTraffic', (aws) => heldIn(aws, 'AfterAllowTraffic')],
];

const heldIn = async (aws: Account, event: string): Promise<string> => {
  const id = await aws.deployEcs({ [event]: 'gate' });
  await aws.until(() => aws.world.hookCalls.length > 0);
  return id;
};

const expectOriginal = (aws: Account) => {
  expect(aws.world.taskSets).toMatchObject([{ id: 'ecs-svc/1', status: 'PRIMARY' }]);
  expect(aws.world.listeners[PROD]?.[TG_A]).toBeGreaterThan(0);
  expect(aws.world.listeners[PROD]?.[TG_B] ?? 0).toBe(0);
  expect(aws.world.listeners[TEST]?.[TG_B] ?? 0).toBe(0);
};

describe.each(PHASES)('in %s', (_phase, event, hold) => {
  const canGoBack = event !== 'BeforeInstall';

  it('an alarm stops the deployment within seconds and the group rolls it back', async () => {
    const aws = account();
    await aws.withEcs();
    const id = await hold(aws);
    const start = aws.clock.now();

    aws.world.alarms.set('errors', 'ALARM');
    const { status, errorInformation, rollbackInfo } = await aws.end(id);

    expect(status).toBe('Stopped');
    expect(errorInformation).toEqual({
      code: 'ALARM_ACTIVE',
      message: expect.stringContaining('Activated alarms: <errors>'),
    });
    expect((aws.clock.now() - start) / 1000).toBeLessThanOrEqual(12);
    expect((await aws.events(id))[event]).toBe('Failed');
    if (canGoBack) await aws.rollbackOf(id);
    else expect(rollbackInfo).toBeUndefined();
    expectOriginal(aws);
  });

  it('a request stops the deployment, and rolls it back if it says so', async () => {
    const aws = account();
    await aws.withEcs();
    const deploymentId = await hold(aws);

    const answer = await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: true });

    expect(answer.status).toBe('Succeeded');
    expect(await aws.get(deploymentId)).toMatchObject({
      status: 'Stopped',
      errorInformation: { code: 'MANUAL_STOP' },
    });
    if (canGoBack) await aws.rollbackOf(deploymentId);
    expectOriginal(aws);
  });

  it('a request without rollback leaves everything as it is', async () => {
    const aws = account();
    await aws.withEcs();
    const deploymentId = await hold(aws);
    const before = structuredClone([aws.world.listeners, aws.world.taskSets]);

    await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: false });
    await aws.pass(3600);

    expect(structuredClone([aws.world.listeners, aws.world.taskSets])).toEqual(before);
    expect((await aws.get(deploymentId)).rollbackInfo).toBeUndefined();
  });
});
