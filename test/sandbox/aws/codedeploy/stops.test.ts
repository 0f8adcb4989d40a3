import { describe, expect, it } from 'vitest';
import { account, nameOf } from './account.ts';
import { PROD, TEST, TG_A, TG_B } from './neighbours.ts';

type Account = ReturnType<typeof account>;

const expectOriginal = (aws: Account) => {
  expect(aws.world.taskSets).toMatchObject([{ id: 'ecs-svc/1', status: 'PRIMARY' }]);
  expect(aws.world.listeners[PROD]?.[TG_A]).toBeGreaterThan(0);
  expect(aws.world.listeners[PROD]?.[TG_B] ?? 0).toBe(0);
  expect(aws.world.listeners[TEST]?.[TG_B] ?? 0).toBe(0);
};

describe('a stop', () => {
  it('decides for itself where the request says nothing', async () => {
    const aws = account();
    await aws.withEcs({
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] },
    });
    const deploymentId = await aws.deployEcs();
    await aws.until(() => aws.world.shifts.length === 1);
    await aws.pass(1);

    await aws.call('StopDeployment', { deploymentId });
    await aws.rollbackOf(deploymentId);

    expectOriginal(aws);
  });

  it('is pending while an action is under way, and takes effect after it', async () => {
    const aws = account();
    await aws.withEcs();
    const deploymentId = await aws.deployEcs();
    let answer: any;
    aws.choke.inject({
      name: 'stop during CreateTaskSet',
      matches: ({ operation }) => operation === 'CreateTaskSet',
      effect: {
        kind: 'after',
        action: async () => {
          answer = await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: true });
        },
      },
    });

    const { status } = await aws.end(deploymentId);
    await aws.rollbackOf(deploymentId);

    expect(answer.status).toBe('Pending');
    expect(status).toBe('Stopped');
    expectOriginal(aws);
  });

  it('comes too late when the deployment has ended', async () => {
    const aws = account();
    await aws.withLambda();
    const deploymentId = await aws.deployLambda('1', '2');
    await aws.end(deploymentId);

    expect(await nameOf(aws.call('StopDeployment', { deploymentId }))).toBe(
      'DeploymentAlreadyCompletedException',
    );
  });

  it('works before the deployment has started', async () => {
    const aws = account();
    await aws.withLambda();
    const deploymentId = await aws.deployLambda('1', '2');

    await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: false });
    await aws.pass(3600);

    expect((await aws.get(deploymentId)).status).toBe('Stopped');
    expect(aws.world.aliasChanges).toEqual([]);
  });

  it.each([
    ['waits for the answer of a hook', true, 'Pending', 'InProgress'],
    ['ends a deployment in a hook at once', false, 'Succeeded', 'Stopped'],
  ] as const)('%s', async (_name, stopWaitsForHook, answered, status) => {
    const aws = account({ stopWaitsForHook });
    await aws.withLambda();
    const deploymentId = await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
    await aws.until(() => aws.world.hookCalls.length === 1);

    const answer = await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: false });
    await aws.pass(60);

    expect(answer.status).toBe(answered);
    expect((await aws.get(deploymentId)).status).toBe(status);
    expect(await nameOf(aws.answer(aws.world.hookCalls[0]!, 'Succeeded'))).toBe(
      stopWaitsForHook ? 'no error' : 'LifecycleEventAlreadyCompletedException',
    );
    expect((await aws.end(deploymentId)).status).toBe('Stopped');
    expect(aws.world.aliasChanges).toEqual([]);
  });

  it('that waits for a hook ends when the hook expires', async () => {
    const aws = account({ stopWaitsForHook: true });
    await aws.withLambda();
    const deploymentId = await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
    await aws.until(() => aws.world.hookCalls.length === 1);

    await aws.call('StopDeployment', { deploymentId });
    const { status, errorInformation } = await aws.end(deploymentId);

    expect(status).toBe('Stopped');
    expect(errorInformation?.code).toBe('MANUAL_STOP');
    expect(aws.world.minutes()).toBeCloseTo(60, 0);
  });
});

describe('after a stop without rollback', () => {
  it('the next deployment to ECS begins from the primary task set alone', async () => {
    const aws = account();
    await aws.withEcs();
    const deploymentId = await aws.deployEcs();
    await aws.until(() => aws.world.shifts.length === 1);
    await aws.pass(1);
    await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: false });

    const { status } = await aws.end(await aws.deployEcs());

    expect(status).toBe('Succeeded');
    expect(aws.world.taskSets).toMatchObject([{ id: 'ecs-svc/3', status: 'PRIMARY' }]);
  });

  it('the next deployment to Lambda fails: the alias references two versions', async () => {
    const aws = account();
    await aws.withLambda({ autoRollbackConfiguration: { enabled: false } });
    const deploymentId = await aws.deployLambda('1', '2');
    await aws.until(() => aws.world.aliasChanges.length === 1);
    await aws.call('StopDeployment', { deploymentId });

    const { errorInformation } = await aws.end(await aws.deployLambda('1', '2'));

    expect(errorInformation?.message).toContain('references two different versions');
  });
});

describe('closing', () => {
  it('ends every wait: nothing happens afterwards', async () => {
    const aws = account();
    await aws.withLambda();
    const id = await aws.deployLambda('1', '2');
    await aws.until(() => aws.world.aliasChanges.length === 1);

    await aws.codedeploy.close?.();
    await aws.pass(86_400);

    expect((await aws.get(id)).status).toBe('InProgress');
    expect(aws.world.aliasChanges).toHaveLength(1);
  });
});
