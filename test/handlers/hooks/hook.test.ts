import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import {
  type DeploymentInfo,
  LifecycleEventAlreadyCompletedException,
  ListTagsForResourceCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FOREIGN_DEPLOYMENTS_TAG } from '../../../core/drivers/codedeploy/hooks.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, inconclusive, pass } from '../../../core/release/verdict.ts';
import { type HookResult, hook } from '../../../handlers/hooks/hook.ts';
import { record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { countedBy } from '../emf.ts';
import { executionArn } from '../environment.ts';
import { event, invoke } from '../invoke.ts';
import { codedeployWith } from './deployments.ts';

const call = event('codedeploy-hook');

const ours: DeploymentInfo = {
  deploymentId: call.DeploymentId,
  applicationName: 'tandem-storefront-web',
  deploymentGroupName: 'tandem-storefront-web',
  computePlatform: 'ECS',
  creator: 'user',
  description: 'tandem/storefront/storefront-1/web/forward/1',
};

const red = fail(reason('smoke-failed', 'GET /health answered 500'));

let account: Account;

/** The hook of AfterInstall with a check that says this. */
const saying = (result: HookResult | Error) => {
  const check = vi.fn(async (): Promise<HookResult> => {
    if (result instanceof Error) throw result;
    return result;
  });
  return { check, handler: hook('AfterInstall', check) };
};

beforeEach(async () => {
  account = await openAccount();
  await account.release(record({ owner: executionArn('storefront-1') }));
});

describe('a hook of our own deployment', () => {
  it.each([
    ['Succeeded', 'passes', pass],
    ['Failed', 'fails', red],
    ['Failed', 'cannot say', inconclusive(reason('not-as-planned', 'Nothing runs yet'))],
  ] as const)('answers %s when its check %s', async (status, _what, verdict) => {
    const { codedeploy } = codedeployWith(ours);

    await invoke(saying(verdict).handler, call);

    expect(codedeploy).toHaveReceivedCommandExactlyOnceWith(
      PutLifecycleEventHookExecutionStatusCommand,
      {
        deploymentId: call.DeploymentId,
        lifecycleEventHookExecutionId: call.LifecycleEventHookExecutionId,
        status,
      },
    );
  });

  it('answers Failed when its check throws, and lets the error be seen', async () => {
    const { answers } = codedeployWith(ours);

    await expect(invoke(saying(new Error('the balancer is away')).handler, call)).rejects.toThrow(
      'the balancer is away',
    );

    expect(answers()).toEqual(['Failed']);
  });

  it('answers Failed when its check would outlast the function', async () => {
    const { answers } = codedeployWith(ours);
    const slow = hook('AfterInstall', () => new Promise(() => undefined));

    await expect(invoke(slow, call, 3_020)).rejects.toThrow();

    expect(answers()).toEqual(['Failed']);
  });

  it('answers nothing when the release will', async () => {
    const { answers } = codedeployWith(ours);

    await invoke(saying('held').handler, call);

    expect(answers()).toEqual([]);
  });

  it('shows its check whose deployment called', async () => {
    codedeployWith(ours);
    const { check, handler } = saying(pass);

    await invoke(handler, call);

    expect(check).toHaveBeenCalledWith(
      expect.objectContaining({
        deploymentId: call.DeploymentId,
        executionId: call.LifecycleEventHookExecutionId,
        record: expect.objectContaining({ release: 'storefront-1' }),
        target: expect.objectContaining({ name: 'web' }),
      }),
    );
  });

  it('answers Failed when CodeDeploy does not say whose deployment it is', async () => {
    const { answers } = codedeployWith({ ...ours, deploymentId: 'd-other' });

    await expect(invoke(saying(pass).handler, call)).rejects.toThrow();

    expect(answers()).toEqual(['Failed']);
  });
});

describe('a hook that fails', () => {
  const failedHooks = async () => (await account.recordOf('storefront-1')).failedHooks;

  it('tells the release why before it answers', async () => {
    const { codedeploy } = codedeployWith(ours);
    const told: unknown[] = [];
    codedeploy.on(PutLifecycleEventHookExecutionStatusCommand).callsFake(async () => {
      told.push(await failedHooks());
      return {};
    });

    await invoke(saying(red).handler, call);

    expect(told).toEqual([
      [{ deploymentId: call.DeploymentId, event: 'AfterInstall', reasons: red.reasons }],
    ]);
  });

  it.each([
    ['throws', saying(new Error('the balancer is away')).handler, 30_000, 'the balancer is away'],
    [
      'would outlast the function',
      hook('AfterInstall', () => new Promise(() => undefined)),
      3_020,
      'it took longer than a hook has time',
    ],
  ])('tells so when its check %s', async (_, handler, milliseconds, why) => {
    codedeployWith(ours);

    await invoke(handler, call, milliseconds).catch(() => undefined);

    expect((await failedHooks())[0]?.reasons).toEqual([
      {
        code: 'step-failed',
        target: 'web',
        text: `AfterInstall of web could not be checked: ${why}`,
      },
    ]);
  });

  it('answers Failed also when the table refuses its reasons', async () => {
    const { answers } = codedeployWith(ours);
    account.dynamodb.on(PutItemCommand).rejects(new Error('the table is away'));

    await invoke(saying(red).handler, call);

    expect(answers()).toEqual(['Failed']);
  });

  it('answers Failed also when the table never answers, while there is time', async () => {
    const { answers } = codedeployWith(ours);
    account.dynamodb.on(PutItemCommand).callsFake(() => new Promise(() => undefined));
    const slow = hook('AfterInstall', () => new Promise(() => undefined));

    await invoke(slow, call, 3_020).catch(() => undefined);

    expect(answers()).toEqual(['Failed']);
  });

  it('tells nothing when it passes', async () => {
    codedeployWith(ours);

    await invoke(saying(pass).handler, call);

    expect(await failedHooks()).toEqual([]);
  });
});

describe('a hook', () => {
  const calls: readonly (readonly [string, DeploymentInfo, HookResult | Error, string])[] = [
    ['that passes', ours, pass, 'Success'],
    ['that is held', ours, 'held', 'Success'],
    ['that fails', ours, red, 'Failure'],
    ['that throws', ours, new Error('the balancer is away'), 'Failure'],
    ['that is refused', { ...ours, description: 'somebody else' }, pass, 'Failure'],
    ['that is let through', { ...ours, creator: 'codeDeployRollback' }, red, 'Success'],
  ];

  it.each(calls)('%s is counted once, with and without its event', async (_, info, said, is) => {
    codedeployWith(info);

    const counted = await countedBy(() =>
      invoke(saying(said).handler, call).catch(() => undefined),
    );

    expect(counted).toEqual([
      `Tandem Validations Platform=ECS Outcome=${is} 1`,
      `Tandem Validations Platform=ECS Event=AfterInstall Outcome=${is} 1`,
    ]);
  });

  it('that runs out of time, or of an unknown deployment, is counted too', async () => {
    codedeployWith({ ...ours, computePlatform: 'Lambda' });
    const slow = hook('AfterInstall', () => new Promise(() => undefined));
    const late = await countedBy(() => invoke(slow, call, 3_020).catch(() => undefined));
    codedeployWith({ ...ours, deploymentId: 'd-other' });
    const lost = await countedBy(() => invoke(slow, call).catch(() => undefined));

    expect(late[0]).toBe('Tandem Validations Platform=Lambda Outcome=Failure 1');
    expect(lost[0]).toBe('Tandem Validations Platform=Unknown Outcome=Failure 1');
  });

  it('whose answer is lost is counted once all the same', async () => {
    const { codedeploy } = codedeployWith(ours);
    codedeploy
      .on(PutLifecycleEventHookExecutionStatusCommand)
      .rejects(new Error('connection reset'));

    const counted = await countedBy(() =>
      invoke(saying(pass).handler, call).catch(() => undefined),
    );

    expect(counted).toHaveLength(2);
  });
});

describe('a report that fails', () => {
  it('does not turn a passed check into a failed one', async () => {
    const { codedeploy, answers } = codedeployWith(ours);
    codedeploy
      .on(PutLifecycleEventHookExecutionStatusCommand)
      .rejectsOnce(new Error('connection reset'))
      .resolves({});

    await expect(invoke(saying(pass).handler, call)).rejects.toThrow('connection reset');

    expect(answers()).toEqual(['Succeeded']);
  });

  it('may be made again by an invocation that is tried again', async () => {
    const { codedeploy, answers } = codedeployWith(ours);
    codedeploy
      .on(PutLifecycleEventHookExecutionStatusCommand)
      .rejectsOnce(new Error('connection reset'))
      .resolves({});
    const { handler } = saying(pass);

    await expect(invoke(handler, call)).rejects.toThrow();
    await invoke(handler, call);

    expect(answers()).toEqual(['Succeeded', 'Succeeded']);
  });

  it.each(['Succeeded', 'Failed'] as const)(
    'is no failure when the event was completed before as %s',
    async (status) => {
      const { codedeploy, answers } = codedeployWith(ours, {
        events: [{ lifecycleEventName: 'AfterInstall', status }],
      });
      codedeploy
        .on(PutLifecycleEventHookExecutionStatusCommand)
        .rejects(new LifecycleEventAlreadyCompletedException({ message: '', $metadata: {} }));

      await invoke(saying(pass).handler, call);

      expect(answers()).toEqual(['Succeeded']);
    },
  );
});

describe('a call that is let through unchecked', () => {
  it.each([
    ["CodeDeploy's own rollback", { creator: 'codeDeployRollback' as const, description: '' }],
    ['our rollback', { description: 'tandem/storefront/storefront-1/web/rollback/1' }],
  ])('is one of %s, even while the release rolls back', async (_what, change) => {
    const { answers } = codedeployWith({ ...ours, ...change });
    await account.release(record({ decision: 'rollback', phase: 'RollingBack' }));
    const { check, handler } = saying(red);

    await invoke(handler, call);

    expect(check).not.toHaveBeenCalled();
    expect(answers()).toEqual(['Succeeded']);
  });

  it('is one of a foreign deployment in a group that is open to others', async () => {
    const { description: _, ...foreign } = ours;
    const { answers } = codedeployWith(foreign, {
      tags: [{ Key: FOREIGN_DEPLOYMENTS_TAG, Value: 'allow' }],
    });

    await invoke(saying(red).handler, call);

    expect(answers()).toEqual(['Succeeded']);
  });

  it('is one of such a deployment in another partition of AWS', async () => {
    const { description: _, ...foreign } = ours;
    const { codedeploy } = codedeployWith(foreign, { tags: [] });
    vi.stubEnv(
      'TANDEM_RELEASE_MACHINE',
      'arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:tandem-release',
    );

    await invoke(saying(pass).handler, call).finally(() => vi.unstubAllEnvs());

    expect(codedeploy).toHaveReceivedCommandWith(ListTagsForResourceCommand, {
      ResourceArn:
        'arn:aws-us-gov:codedeploy:us-gov-west-1:111122223333:deploymentgroup:tandem-storefront-web/tandem-storefront-web',
    });
  });
});

describe('a call that is refused', () => {
  const refusing = async (info: DeploymentInfo) => {
    const { answers } = codedeployWith(info);
    const { check, handler } = saying(pass);
    await invoke(handler, call);
    expect(check).not.toHaveBeenCalled();
    return answers();
  };

  it('is one of a deployment that Tandem did not start', async () => {
    const { description: _, ...foreign } = ours;

    expect(await refusing(foreign)).toEqual(['Failed']);
    expect(await refusing({ ...ours, description: 'deployed by hand' })).toEqual(['Failed']);
  });

  it('is one of a release that nobody knows', async () => {
    const description = 'tandem/storefront/storefront-9/web/forward/1';

    expect(await refusing({ ...ours, description })).toEqual(['Failed']);
  });

  it('is one of a target that the release does not move', async () => {
    const description = 'tandem/storefront/storefront-1/mail/forward/1';

    expect(await refusing({ ...ours, description })).toEqual(['Failed']);
  });

  it('is one of a release that rolls back, or has ended', async () => {
    const owner = executionArn('storefront-1');
    await account.release(record({ owner, decision: 'rollback', phase: 'RollingBack' }));
    expect(await refusing(ours)).toEqual(['Failed']);

    await account.release(record({ owner, decision: 'promote', phase: 'Ended', end: 'Promoted' }));
    expect(await refusing(ours)).toEqual(['Failed']);
  });

  it('is one of an undecided release whose execution has ended', async () => {
    account.executions.get(executionArn('storefront-1'))!.status = 'FAILED';

    expect(await refusing(ours)).toEqual(['Failed']);
  });
});
