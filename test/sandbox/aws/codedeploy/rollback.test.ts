import { describe, expect, it } from 'vitest';
import { account, nameOf } from './account.ts';

describe('a rollback', () => {
  it('is a new deployment that both sides name', async () => {
    const aws = account();
    await aws.withEcs();
    const id = await aws.deployEcs();
    await aws.until(() => aws.world.shifts.length === 1);
    aws.world.alarms.set('errors', 'ALARM');
    const stopped = await aws.end(id);

    const rollback = await aws.rollbackOf(id);
    const rollbackId = rollback.deploymentId as string;

    expect(rollbackId).not.toBe(id);
    expect(stopped.rollbackInfo).toEqual({
      rollbackDeploymentId: rollbackId,
      rollbackMessage: `Deployment ${id} terminated. Automatic rollback is triggered with a DeploymentId ${rollbackId}.`,
    });
    expect(rollback).toMatchObject({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
      rollbackInfo: {
        rollbackTriggeringDeploymentId: id,
        rollbackMessage: `Deployment ${rollbackId} is triggered to roll back deployment ${id}.`,
      },
    });
    expect(aws.world.events).toEqual(['START', 'STOP', 'START', 'SUCCESS']);
  });

  it('restores the traffic before it touches a task set', async () => {
    const aws = account();
    await aws.withEcs();
    const calls: string[] = [];
    aws.choke.inject({
      name: 'record',
      times: Number.POSITIVE_INFINITY,
      matches: ({ operation }) => ['ModifyListener', 'DeleteTaskSet'].includes(operation),
      effect: { kind: 'before', action: async ({ operation }) => void calls.push(operation) },
    });
    const deploymentId = await aws.deployEcs();
    await aws.until(() => aws.world.shifts.length === 1);
    calls.length = 0;

    await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: true });
    await aws.rollbackOf(deploymentId);

    expect(calls).toEqual(['ModifyListener', 'ModifyListener', 'DeleteTaskSet']);
  });

  it('occupies the group', async () => {
    const aws = account();
    await aws.withEcs();
    const deploymentId = await aws.deployEcs();
    await aws.until(() => aws.world.shifts.length === 1);
    await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: true });

    expect(await nameOf(aws.deployEcs())).toBe('DeploymentLimitExceededException');
  });

  it('shows up on the stopped deployment only after a while where AWS is late', async () => {
    const aws = account({ rollbackInfoDelay: 40 });
    await aws.withEcs();
    const deploymentId = await aws.deployEcs();
    await aws.until(() => aws.world.shifts.length === 1);
    await aws.call('StopDeployment', { deploymentId, autoRollbackEnabled: true });

    await aws.pass(39);
    const early = await aws.get(deploymentId);
    await aws.pass(2);

    expect(early.rollbackInfo).toBeUndefined();
    expect((await aws.get(deploymentId)).rollbackInfo?.rollbackDeploymentId).toMatch(/^d-/);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('runs hooks where AWS does so: %s', async (hooksInRollback, calls) => {
    const aws = account({ hooksInRollback });
    await aws.withEcs();
    aws.world.onHook = async (call) => void (await aws.answer(call, 'Succeeded'));
    await aws.end(await aws.deployEcs({ BeforeAllowTraffic: 'gate' }));
    const id = await aws.deployEcs();
    await aws.until(() => aws.world.shifts.length === 3);
    aws.world.hookCalls.length = 0;

    await aws.call('StopDeployment', { deploymentId: id, autoRollbackEnabled: true });
    const rollback = await aws.rollbackOf(id);

    expect(rollback.status).toBe('Succeeded');
    expect(aws.world.hookCalls.map(({ payload }) => payload.DeploymentId)).toEqual(
      Array(calls).fill(rollback.deploymentId),
    );
  });

  it('that fails is not rolled back itself', async () => {
    const aws = account();
    await aws.withLambda();
    const id = await aws.deployLambda('1', '2');
    await aws.until(() => aws.world.aliasChanges.length === 1);
    aws.choke.inject({
      name: 'no alias',
      times: Number.POSITIVE_INFINITY,
      matches: ({ operation }) => operation === 'UpdateAlias',
      effect: { kind: 'refuse', error: new Error('socket hang up') },
    });

    await aws.call('StopDeployment', { deploymentId: id, autoRollbackEnabled: true });
    const rollback = await aws.rollbackOf(id);

    expect(rollback.status).toBe('Failed');
    expect(rollback.rollbackInfo?.rollbackDeploymentId).toBeUndefined();
    expect(aws.world.alias.weights).toEqual({ 2: 0.1 });
  });

  it('is not made without an event that asks for it', async () => {
    const aws = account();
    aws.world.onHook = async (call) => void (await aws.answer(call, 'Failed'));
    await aws.withLambda({
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM'] },
    });

    const { rollbackInfo } = await aws.end(
      await aws.deployLambda('1', '2', { AfterAllowTraffic: 'gate' }),
    );
    await aws.pass(3600);

    expect(rollbackInfo).toBeUndefined();
    expect(aws.world.alias).toEqual({ version: '2', weights: {} });
  });

  it('follows the configuration of the deployment where it has one', async () => {
    const aws = account();
    aws.world.onHook = async (call) => void (await aws.answer(call, 'Failed'));
    await aws.withLambda();

    const { rollbackInfo } = await aws.end(
      await aws.deployLambda(
        '1',
        '2',
        { AfterAllowTraffic: 'gate' },
        { autoRollbackConfiguration: { enabled: false } },
      ),
    );

    expect(rollbackInfo).toBeUndefined();
  });
});
