import { describe, expect, it } from 'vitest';
import { account, nameOf } from './account.ts';
import { PROD, TEST, TG_A, TG_B } from './neighbours.ts';

const ready = (waitTimeInMinutes: number) => ({
  blueGreenDeploymentConfiguration: {
    deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes },
    terminateBlueInstancesOnDeploymentSuccess: {
      action: 'TERMINATE',
      terminationWaitTimeInMinutes: 10,
    },
  },
});

describe('the wait at READY', () => {
  it('holds the deployment before any production traffic until it is continued', async () => {
    const aws = account();
    await aws.withEcs(ready(60));
    const id = await aws.deployEcs();
    await aws.untilStatus(id, 'Ready');
    await aws.pass(1800);

    expect((await aws.get(id)).deploymentOverview).toMatchObject({ Ready: 1, InProgress: 0 });
    expect(aws.world.shifts).toEqual([]);
    expect(aws.world.listeners[TEST]).toMatchObject({ [TG_B]: 100 });
    expect(await aws.events(id)).toMatchObject({
      AfterAllowTestTraffic: 'Succeeded',
      BeforeAllowTraffic: 'Pending',
    });
    await aws.call('ContinueDeployment', { deploymentId: id, deploymentWaitType: 'READY_WAIT' });

    expect((await aws.end(id)).status).toBe('Succeeded');
    expect(aws.world.events).toEqual(['START', 'READY', 'SUCCESS']);
  });

  it('stops the deployment when nobody continues it, and only a stop on request takes that back', async () => {
    const aws = account();
    await aws.withEcs(ready(30));

    const { status, errorInformation, rollbackInfo } = await aws.end(await aws.deployEcs());

    expect(status).toBe('Stopped');
    expect(errorInformation?.message).toContain('This time out period is 30 minutes');
    expect(rollbackInfo).toBeUndefined();
    expect(aws.world.taskSets).toHaveLength(2);
  });

  it('takes an expired wait back where the group rolls back stops on request', async () => {
    const aws = account();
    const autoRollbackConfiguration = { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] };
    await aws.withEcs({ ...ready(30), autoRollbackConfiguration });
    const id = await aws.deployEcs();

    await aws.end(id);

    expect(await aws.rollbackOf(id)).toMatchObject({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
    });
    expect(aws.world.taskSets).toMatchObject([{ id: 'ecs-svc/1', status: 'PRIMARY' }]);
    expect(aws.world.listeners[TEST]).toEqual({ [TG_A]: 100, [TG_B]: 0 });
  });

  it.each([
    ['before-BeforeAllowTraffic', []],
    ['after-BeforeAllowTraffic', ['gate']],
  ] as const)('comes %s', async (readyWait, called) => {
    const aws = account({ readyWait });
    aws.world.onHook = async (call) => void (await aws.answer(call, 'Succeeded'));
    await aws.withEcs(ready(60));

    const id = await aws.deployEcs({ BeforeAllowTraffic: 'gate' });
    await aws.untilStatus(id, 'Ready');

    expect(aws.world.hookCalls.map((call) => call.function)).toEqual(called);
  });

  it('cannot be continued when the deployment is not there', async () => {
    const aws = account();
    await aws.withEcs();
    const deploymentId = await aws.deployEcs();

    expect(await nameOf(aws.call('ContinueDeployment', { deploymentId }))).toBe(
      'DeploymentIsNotInReadyStateException',
    );
    expect(
      await nameOf(
        aws.call('ContinueDeployment', { deploymentId, deploymentWaitType: 'TERMINATION_WAIT' }),
      ),
    ).toBe('InvalidDeploymentStatusException');
    expect(
      await nameOf(aws.call('ContinueDeployment', { deploymentId, deploymentWaitType: 'LUNCH' })),
    ).toBe('InvalidDeploymentWaitTypeException');
    await aws.end(deploymentId);
    expect(await nameOf(aws.call('ContinueDeployment', { deploymentId }))).toBe(
      'DeploymentAlreadyCompletedException',
    );
  });
});

describe('the termination wait', () => {
  const inWait = async (aws: ReturnType<typeof account>, changes: object = {}) => {
    await aws.withEcs(changes);
    const id = await aws.deployEcs();
    await aws.until(async () => (await aws.get(id)).instanceTerminationWaitTimeStarted === true);
    return id;
  };

  it('keeps the original task set and the status InProgress for its whole length', async () => {
    const aws = account();
    const id = await inWait(aws);
    const start = aws.world.minutes();

    expect((await aws.get(id)).status).toBe('InProgress');
    expect(await aws.events(id)).toMatchObject({ AfterAllowTraffic: 'Succeeded' });
    expect(aws.world.taskSets).toHaveLength(2);
    await aws.end(id);

    expect(aws.world.minutes() - start).toBeCloseTo(10, 0);
    expect(aws.world.taskSets).toHaveLength(1);
  });

  it('ends when it is continued', async () => {
    const aws = account();
    const id = await inWait(aws);
    const start = aws.world.minutes();

    await aws.call('ContinueDeployment', {
      deploymentId: id,
      deploymentWaitType: 'TERMINATION_WAIT',
    });
    await aws.end(id);

    expect(aws.world.minutes() - start).toBeLessThan(1);
  });

  it('still stops on an alarm and gives everything back', async () => {
    const aws = account();
    const id = await inWait(aws);

    aws.world.alarms.set('errors', 'ALARM');
    const { status } = await aws.end(id);
    await aws.rollbackOf(id);

    expect(status).toBe('Stopped');
    expect(aws.world.listeners[PROD]).toEqual({ [TG_A]: 100, [TG_B]: 0 });
    expect(aws.world.taskSets).toMatchObject([{ id: 'ecs-svc/1', status: 'PRIMARY' }]);
  });

  it('can be stopped and given back by request', async () => {
    const aws = account();
    const id = await inWait(aws);

    const answer = await aws.call('StopDeployment', {
      deploymentId: id,
      autoRollbackEnabled: true,
    });
    await aws.rollbackOf(id);

    expect(answer.status).toBe('Succeeded');
    expect(aws.world.listeners[PROD]).toEqual({ [TG_A]: 100, [TG_B]: 0 });
  });

  it('is the last moment to stop: once blue is being terminated the deployment succeeds', async () => {
    const aws = account();
    const id = await inWait(aws);
    let stopped: any;
    aws.choke.inject({
      name: 'stop too late',
      matches: ({ operation }) => operation === 'DeleteTaskSet',
      effect: {
        kind: 'before',
        action: async () => {
          stopped = await aws.call('StopDeployment', {
            deploymentId: id,
            autoRollbackEnabled: true,
          });
        },
      },
    });

    const { status, rollbackInfo } = await aws.end(id);

    expect(stopped.status).toBe('Pending');
    expect(status).toBe('Succeeded');
    expect(rollbackInfo).toBeUndefined();
  });
});
