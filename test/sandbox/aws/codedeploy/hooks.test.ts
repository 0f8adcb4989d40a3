import { describe, expect, it } from 'vitest';
import { account, nameOf } from './account.ts';

const ALL = {
  BeforeInstall: 'h1',
  AfterInstall: 'h2',
  AfterAllowTestTraffic: 'h3',
  BeforeAllowTraffic: 'h4',
  AfterAllowTraffic: 'h5',
};

describe('a hook', () => {
  it('is called in the order of the events, with two members and nothing else', async () => {
    const aws = account();
    aws.world.onHook = async (call) => void (await aws.answer(call, 'Succeeded'));
    await aws.withEcs();

    const id = await aws.deployEcs(ALL);
    const { status } = await aws.end(id);

    expect(status).toBe('Succeeded');
    expect(aws.world.hookCalls.map((call) => call.function)).toEqual([
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
    ]);
    for (const { payload } of aws.world.hookCalls) {
      expect(payload).toEqual({
        DeploymentId: id,
        LifecycleEventHookExecutionId: expect.stringMatching(/^eyJlbmNyeXB0ZWREYXRhIjoi/),
      });
    }
  });

  it('is answered by whoever knows its execution id, not by what the function returns', async () => {
    const aws = account();
    await aws.withLambda();
    const id = await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
    await aws.until(() => aws.world.hookCalls.length === 1);
    await aws.pass(1800);

    expect(await aws.events(id)).toMatchObject({ BeforeAllowTraffic: 'InProgress' });
    await aws.answer(aws.world.hookCalls[0]!, 'Succeeded');

    expect((await aws.end(id)).status).toBe('Succeeded');
  });

  it('that throws leaves CodeDeploy waiting for an answer', async () => {
    const aws = account();
    aws.world.onHook = async () => {
      throw new Error('boom');
    };
    await aws.withLambda();
    const id = await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
    await aws.until(() => aws.world.hookCalls.length > 0);
    await aws.pass(600);

    expect((await aws.get(id)).status).toBe('InProgress');
    await aws.answer(aws.world.hookCalls[0]!, 'Succeeded');
    expect((await aws.end(id)).status).toBe('Succeeded');
  });

  it('that is refused fails the deployment', async () => {
    const aws = account();
    aws.world.onHook = async (call) => void (await aws.answer(call, 'Failed'));
    await aws.withLambda();

    const id = await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
    const { status, errorInformation } = await aws.end(id);

    expect(status).toBe('Failed');
    expect(errorInformation?.code).toBe('HOOK_EXECUTION_FAILURE');
    expect(await aws.events(id)).toEqual({
      BeforeAllowTraffic: 'Failed',
      AllowTraffic: 'Skipped',
      AfterAllowTraffic: 'Skipped',
    });
  });

  it('that is not answered within an hour fails the deployment', async () => {
    const aws = account();
    await aws.withLambda();

    const id = await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
    const { status, errorInformation } = await aws.end(id);

    expect(status).toBe('Failed');
    expect(errorInformation?.message).toContain('waiting for a status callback');
    expect(aws.world.minutes()).toBeCloseTo(60, 0);
    expect(await nameOf(aws.answer(aws.world.hookCalls[0]!, 'Succeeded'))).toBe(
      'LifecycleEventAlreadyCompletedException',
    );
  });

  it('can be answered once', async () => {
    const aws = account();
    await aws.withLambda();
    await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
    await aws.until(() => aws.world.hookCalls.length === 1);
    const [call] = aws.world.hookCalls;

    const answer = await aws.answer(call!, 'Succeeded');

    expect(answer).toEqual({
      lifecycleEventHookExecutionId: call!.payload.LifecycleEventHookExecutionId,
    });
    expect(await nameOf(aws.answer(call!, 'Failed'))).toBe(
      'LifecycleEventAlreadyCompletedException',
    );
  });

  it('takes no other status, execution id or deployment', async () => {
    const aws = account();
    await aws.withLambda();
    const deploymentId = await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
    await aws.until(() => aws.world.hookCalls.length === 1);
    const [call] = aws.world.hookCalls;
    const put = (input: object) => nameOf(aws.call('PutLifecycleEventHookExecutionStatus', input));

    expect(await nameOf(aws.answer(call!, 'Skipped'))).toBe(
      'InvalidLifecycleEventHookExecutionStatusException',
    );
    expect(
      await put({ deploymentId, lifecycleEventHookExecutionId: 'x', status: 'Succeeded' }),
    ).toBe('InvalidLifecycleEventHookExecutionIdException');
    expect(await put({ deploymentId: 'd-000000XYZ', status: 'Succeeded' })).toBe(
      'DeploymentDoesNotExistException',
    );
    expect(await put({ deploymentId: 'x', status: 'Succeeded' })).toBe(
      'InvalidDeploymentIdException',
    );
    expect(await put({ status: 'Succeeded' })).toBe('DeploymentIdRequiredException');
  });

  it('that the role may not call fails the deployment in AWS’s words', async () => {
    const aws = account({}, (_principal, permissions) => {
      if (permissions.some(({ action }) => action === 'lambda:Invoke')) {
        const error = new Error('not authorized');
        error.name = 'AccessDeniedException';
        throw error;
      }
    });
    await aws.withLambda();

    const { errorInformation } = await aws.end(
      await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' }),
    );

    expect(errorInformation).toMatchObject({
      code: 'IAM_ROLE_PERMISSIONS',
      message: expect.stringContaining(
        'does not give you permission to perform operations in the following AWS service: AWSLambda.',
      ),
    });
  });

  it.each([1, 2] as const)(
    'is called %i times where AWS calls it so often',
    async (hookInvocations) => {
      const aws = account({ hookInvocations });
      await aws.withLambda();
      await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' });
      await aws.until(() => aws.world.hookCalls.length > 0);
      await aws.pass(60);

      const ids = aws.world.hookCalls.map(({ payload }) => payload.LifecycleEventHookExecutionId);
      expect(ids).toHaveLength(hookInvocations);
      expect(new Set(ids).size).toBe(1);
    },
  );
});
