import '../environment.ts';

import { ListDeploymentTargetsCommand } from '@aws-sdk/client-codedeploy';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { reason } from '../../../core/release/reason.ts';
import { handler } from '../../../handlers/hooks/after-allow-traffic.ts';
import { ecsRecord, held, lambdaRecord, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { executionArn } from '../environment.ts';
import { event, invoke } from '../invoke.ts';
import { codedeployWith } from './deployments.ts';

const call = event('codedeploy-hook');
const begun = new Date('2026-11-23T09:40:00.000Z');

const codedeploy = () =>
  codedeployWith(
    {
      deploymentId: call.DeploymentId,
      creator: 'user',
      status: 'InProgress',
      description: 'tandem/storefront/storefront-1/web/forward/1',
    },
    {
      events: [{ lifecycleEventName: 'AfterAllowTraffic', status: 'InProgress', startTime: begun }],
    },
  );

const shifting = record({
  owner: executionArn('storefront-1'),
  phase: 'Shifting',
  listener: 'token-of-listen',
  signals: 3,
});

let account: Account;

beforeEach(async () => {
  account = await openAccount();
  await account.release(shifting);
});

describe('the barrier', () => {
  it('hands the hook to the release and answers nothing', async () => {
    const { answers } = codedeploy();

    await invoke(handler, call);

    expect(answers()).toEqual([]);
    expect((await account.recordOf('storefront-1')).hooks).toEqual([
      {
        deploymentId: call.DeploymentId,
        event: 'AfterAllowTraffic',
        executionId: call.LifecycleEventHookExecutionId,
        at: begun.toISOString(),
      },
    ]);
  });

  it('wakes the release, once the hook is in its record', async () => {
    codedeploy();
    const seen: unknown[] = [];
    account.sfn.on(SendTaskSuccessCommand).callsFake(async ({ taskToken }) => {
      seen.push([taskToken, (await account.recordOf('storefront-1')).hooks.length]);
      return {};
    });

    await invoke(handler, call);

    expect(seen).toEqual([['token-of-listen', 1]]);
  });

  it('of the first target does not wake the release: the barrier of the last one does', async () => {
    codedeploy();
    const web = ecsRecord({ forward: call.DeploymentId });
    const api = lambdaRecord({ forward: 'd-of-api' });
    await account.release({ ...shifting, targets: { web, api } });

    await invoke(handler, call);

    const first = await account.recordOf('storefront-1');
    expect(first.hooks).toHaveLength(1);
    expect([first.listener, first.signals]).toEqual(['token-of-listen', 3]);
    expect(account.completed()).toEqual([]);

    const other = held('d-of-api', 'AfterAllowTraffic');
    await account.release({ ...first, hooks: [other] });
    await invoke(handler, call);

    expect(account.completed()).toEqual([['token-of-listen', {}]]);
    expect((await account.recordOf('storefront-1')).signals).toBe(4);
  });

  it('records a hook once, however often it is called', async () => {
    codedeploy();

    await invoke(handler, call);
    await invoke(handler, call);

    expect((await account.recordOf('storefront-1')).hooks).toHaveLength(1);
  });

  it('fails the hook when it could not be recorded: nobody could answer it later', async () => {
    const { answers } = codedeploy();
    account.dynamodb.on(PutItemCommand).rejects(new Error('the table is away'));

    await expect(invoke(handler, call)).rejects.toThrow('the table is away');

    expect(answers()).toEqual(['Failed']);
  });

  it('keeps the hook when only the waking failed: the release finds it at its next look', async () => {
    const { answers } = codedeploy();
    account.lostTokens.add('token-of-listen');

    await invoke(handler, call);

    expect(answers()).toEqual([]);
    expect((await account.recordOf('storefront-1')).hooks).toHaveLength(1);
  });

  it('answers nothing once the hook is recorded, whatever fails after that', async () => {
    const { answers } = codedeploy();
    account.sfn.on(SendTaskSuccessCommand).rejects(new Error('Rate exceeded'));

    await invoke(handler, call).catch(() => undefined);

    expect((await account.recordOf('storefront-1')).hooks).toHaveLength(1);
    expect(answers()).toEqual([]);
  });

  it('fails the hook when the release decides to roll back while it is being recorded', async () => {
    const { codedeploy: client, answers } = codedeploy();
    client.on(ListDeploymentTargetsCommand).callsFake(async () => {
      await account.release({
        ...shifting,
        decision: 'rollback',
        phase: 'RollingBack',
        reasons: [reason('alarm-red', 'an alarm is red')],
      });
      return { targetIds: [] };
    });

    expect(await invoke(handler, call)).toMatchObject({ reasons: [{ code: 'alarm-red' }] });

    expect(answers()).toEqual(['Failed']);
    expect((await account.recordOf('storefront-1')).hooks).toEqual([]);
  });
});
