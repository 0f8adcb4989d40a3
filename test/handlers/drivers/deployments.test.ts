import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import {
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  ContinueDeploymentCommand,
  CreateDeploymentCommand,
  DeploymentAlreadyCompletedException,
  type DeploymentInfo,
  DeploymentIsNotInReadyStateException,
  DeploymentLimitExceededException,
  GetDeploymentCommand,
  InvalidRoleException,
  ListDeploymentsCommand,
  StopDeploymentCommand,
  ThrottlingException,
} from '@aws-sdk/client-codedeploy';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WaitName } from '../../../core/drivers/driver.ts';
import { TryAgainError } from '../../../core/text/errors.ts';
import {
  BACKWARD,
  continueWait,
  createOnce,
  type DatedMarker,
  findAfter,
  findForeign,
  findMarked,
  readBeside,
  stop,
} from '../../../handlers/drivers/codedeploy/deployments.ts';
import { atMinute, ecsRecord, momentAfter, record } from '../../core/fixture.ts';

const group = { application: 'tandem-storefront-web', deploymentGroup: 'tandem-storefront-web' };

const marker: DatedMarker = {
  pair: 'storefront',
  release: 'storefront-1',
  target: 'web',
  direction: 'forward',
  attempt: 1,
  since: '2026-11-23T10:00:00.000Z',
};

const order = {
  appSpec: '{"version":"0.0"}',
  deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
};

const OURS = 'tandem/storefront/storefront-1/web/forward/1';

const limit = new DeploymentLimitExceededException({ message: '', $metadata: {} });

/** A group in which one deployment runs at a time, as in CodeDeploy. */
const groupOf = (...before: readonly DeploymentInfo[]) => {
  const deployments: DeploymentInfo[] = [...before];
  const codedeploy = mockClient(CodeDeployClient);
  codedeploy
    .on(ListDeploymentsCommand)
    .callsFake(async ({ includeOnlyStatuses, createTimeRange }) => ({
      deployments: deployments
        .filter(({ status }) => includeOnlyStatuses?.includes(status) ?? true)
        .filter(
          ({ createTime }) =>
            !createTime || !createTimeRange || createTime >= createTimeRange.start,
        )
        .map(({ deploymentId }) => deploymentId),
    }));
  codedeploy.on(BatchGetDeploymentsCommand).callsFake(async ({ deploymentIds }) => ({
    deploymentsInfo: deployments.filter(({ deploymentId }) => deploymentIds.includes(deploymentId)),
  }));
  codedeploy.on(CreateDeploymentCommand).callsFake(async ({ description }) => {
    if (deployments.some(({ status }) => status === 'InProgress')) throw limit;
    const deploymentId = `d-${deployments.length + 1}`;
    deployments.unshift({ deploymentId, description, status: 'InProgress' });
    return { deploymentId };
  });
  return { codedeploy, deployments };
};

let ours: ReturnType<typeof groupOf>;

beforeEach(() => {
  ours = groupOf();
});

describe('creating a deployment', () => {
  it('marks it, so that it can be found again', async () => {
    expect(await createOnce(group, marker, order)).toEqual({ id: 'd-1' });

    expect(ours.codedeploy).toHaveReceivedCommandWith(CreateDeploymentCommand, {
      applicationName: 'tandem-storefront-web',
      deploymentGroupName: 'tandem-storefront-web',
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
      description: OURS,
      revision: {
        revisionType: 'AppSpecContent',
        appSpecContent: { content: '{"version":"0.0"}' },
      },
    });
    expect(await findMarked(group, marker)).toBe('d-1');
  });

  it('happens once, however often it is tried', async () => {
    await createOnce(group, marker, order);

    expect(await createOnce(group, marker, order)).toEqual({ id: 'd-1' });
    expect(ours.codedeploy).toHaveReceivedCommandTimes(CreateDeploymentCommand, 1);
  });

  it('is not repeated when the answer to the first try was lost', async () => {
    ours.codedeploy.on(CreateDeploymentCommand).callsFakeOnce(async ({ description }) => {
      ours.deployments.push({ deploymentId: 'd-7', description, status: 'InProgress' });
      throw new Error('socket hang up');
    });

    await expect(createOnce(group, marker, order)).rejects.toThrow('socket hang up');

    expect(await createOnce(group, marker, order)).toEqual({ id: 'd-7' });
  });

  it('is found again in a group with a long past, in whatever order CodeDeploy lists it', async () => {
    const createTime = new Date('2026-11-20T10:00:00Z');
    const past = Array.from({ length: 40 }, (_, index) => ({
      deploymentId: `d-past-${index}`,
      status: 'Succeeded' as const,
      createTime,
    }));
    ours = groupOf(...past, { deploymentId: 'd-ours', description: OURS, status: 'Succeeded' });

    expect(await findMarked(group, marker)).toBe('d-ours');
  });

  it('adopts our own deployment when two tries met', async () => {
    ours.codedeploy.on(CreateDeploymentCommand).callsFake(async ({ description }) => {
      ours.deployments.push({ deploymentId: 'd-8', description, status: 'InProgress' });
      throw limit;
    });

    expect(await createOnce(group, marker, order)).toEqual({ id: 'd-8' });
  });

  it('finds the group busy while another deployment runs there', async () => {
    ours = groupOf({ deploymentId: 'd-0', description: 'by hand', status: 'InProgress' });

    expect(await createOnce(group, marker, order)).toEqual({ busy: true });
  });

  it('does not take another try, target or direction for this one', async () => {
    const others = [
      'tandem/storefront/storefront-1/web/forward/2',
      'tandem/storefront/storefront-1/web/rollback/1',
      'tandem/storefront/storefront-1/api/forward/1',
      'tandem/storefront/storefront-2/web/forward/1',
    ];
    ours = groupOf(
      ...others.map((description, index) => ({
        deploymentId: `d-${index}`,
        description,
        status: 'Succeeded' as const,
      })),
    );

    expect(await findMarked(group, marker)).toBeUndefined();
    expect(await createOnce(group, marker, order)).toEqual({ id: 'd-5' });
  });

  it('is refused when CodeDeploy says no, in its words', async () => {
    ours.codedeploy
      .on(CreateDeploymentCommand)
      .rejects(new InvalidRoleException({ message: 'no such role', $metadata: {} }));

    await expect(createOnce(group, marker, order)).rejects.toMatchObject({
      name: 'DeploymentRefusedError',
      message: expect.stringContaining('InvalidRoleException: no such role'),
    });
  });

  it('is not refused by what passes, nor by a call that nobody answered', async () => {
    const { codedeploy } = ours;
    codedeploy
      .on(CreateDeploymentCommand)
      .rejectsOnce(new ThrottlingException({ message: 'later', $metadata: {} }))
      .rejectsOnce(new Error('the answer was no JSON'));

    await expect(createOnce(group, marker, order)).rejects.toThrow(ThrottlingException);
    await expect(createOnce(group, marker, order)).rejects.toThrow('the answer was no JSON');
  });

  it('is not refused when its marker could not be looked for', async () => {
    ours.codedeploy
      .on(ListDeploymentsCommand)
      .rejects(new InvalidRoleException({ message: 'no such role', $metadata: {} }));

    await expect(createOnce(group, marker, order)).rejects.toThrow(InvalidRoleException);
  });

  it('sends a rollback without alarms and without a rollback of its own', async () => {
    await createOnce(group, { ...marker, direction: 'rollback' }, { ...order, ...BACKWARD });

    expect(ours.codedeploy).toHaveReceivedCommandWith(CreateDeploymentCommand, {
      overrideAlarmConfiguration: { enabled: false, alarms: [] },
      autoRollbackConfiguration: { enabled: false, events: [] },
    });
  });
});

describe('a foreign deployment', () => {
  const running = (change: Partial<DeploymentInfo>) => {
    groupOf({ deploymentId: 'd-9', status: 'InProgress', ...change });
    return findForeign(group, 'storefront-1', ['d-1', undefined]);
  };

  it('is one under way without our marker, or with that of another release', async () => {
    expect(await running({ description: 'by hand' })).toBe('d-9');
    expect(await running({ description: OURS.replace('front-1', 'front-2') })).toBe('d-9');
  });

  it('is none of ours, nor the rollback that CodeDeploy made of ours', async () => {
    expect(await running({ description: OURS })).toBeUndefined();
    expect(await running({ deploymentId: 'd-1' })).toBeUndefined();
    expect(
      await running({ rollbackInfo: { rollbackTriggeringDeploymentId: 'd-1' } }),
    ).toBeUndefined();
  });

  it('may be in any status in which it keeps the group', async () => {
    for (const status of ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const)
      expect(await running({ description: 'by hand', status })).toBe('d-9');
  });

  it('is none that has ended', async () => {
    expect(await running({ description: 'by hand', status: 'Succeeded' })).toBeUndefined();
  });
});

describe('a deployment of a later release', () => {
  const at = (minute: number) => new Date(atMinute(minute));
  const own = {
    deploymentId: 'd-1',
    description: OURS,
    status: 'Stopped',
    createTime: at(1),
  } as const;
  const theirs = {
    deploymentId: 'd-9',
    description: OURS.replace('front-1', 'front-2'),
    status: 'Succeeded',
    createTime: at(30),
  } as const;

  const beside = async (
    change: Partial<DeploymentInfo>,
    decision: 'none' | 'rollback' = 'rollback',
  ) => {
    groupOf(own, { ...theirs, ...change });
    const target = ecsRecord({ launching: true, forward: 'd-1' });
    return (await readBeside(record({ decision, targets: [target] }), target, ['d-1'])).later;
  };

  it('is told while a release is rolled back, and not before', async () => {
    expect(await beside({})).toEqual({ release: 'storefront-2', id: 'd-9' });
    expect(await beside({}, 'none')).toBeUndefined();
  });

  it('is none that came earlier, failed, or is not of a release of the pair', async () => {
    expect(await beside({ createTime: at(0.5) })).toBeUndefined();
    expect(await beside({ status: 'Failed' })).toBeUndefined();
    expect(await beside({ description: 'by hand' })).toBeUndefined();
    expect(await beside({ description: OURS })).toBeUndefined();
    expect(
      await beside({ description: 'tandem/other/storefront-2/web/forward/1' }),
    ).toBeUndefined();
  });
});

describe('letting a deployment go on, or stopping it', () => {
  const about = { message: '', $metadata: {} };

  it('is no error when it is too late', async () => {
    ours.codedeploy
      .on(ContinueDeploymentCommand)
      .rejectsOnce(new DeploymentIsNotInReadyStateException(about))
      .rejectsOnce(new DeploymentAlreadyCompletedException(about));
    ours.codedeploy
      .on(StopDeploymentCommand)
      .rejects(new DeploymentAlreadyCompletedException(about));

    ours.codedeploy.on(GetDeploymentCommand).resolves({ deploymentInfo: { status: 'Succeeded' } });

    expect(await continueWait('d-1', 'start')).toBe('goes-on');
    expect(await continueWait('d-1', 'guard')).toBe('goes-on');
    await stop('d-1');

    expect(ours.codedeploy).toHaveReceivedCommandWith(StopDeploymentCommand, {
      deploymentId: 'd-1',
      autoRollbackEnabled: true,
    });
  });

  it.each<[string, WaitName, DeploymentInfo, string]>([
    ['goes on', 'start', { status: 'InProgress' }, 'goes-on'],
    ['had ended', 'start', { status: 'Stopped' }, 'ended'],
    ['still waits', 'start', { status: 'Ready' }, 'is asked again'],
    [
      'still keeps blue',
      'guard',
      { status: 'InProgress', instanceTerminationWaitTimeStarted: true },
      'is asked again',
    ],
    ['keeps blue no more', 'guard', { status: 'Succeeded' }, 'goes-on'],
  ])('is read when CodeDeploy refuses: it %s (%s)', async (_, wait, deploymentInfo, became) => {
    ours.codedeploy
      .on(ContinueDeploymentCommand)
      .rejects(new DeploymentIsNotInReadyStateException(about));
    ours.codedeploy.on(GetDeploymentCommand).resolves({ deploymentInfo });

    const found = await continueWait('d-1', wait).catch((error: Error) =>
      error instanceof TryAgainError ? 'is asked again' : error,
    );

    expect(found).toBe(became);
  });

  it('fails when CodeDeploy is not there', async () => {
    ours.codedeploy.on(ContinueDeploymentCommand).rejects(new Error('Rate exceeded'));
    ours.codedeploy.on(StopDeploymentCommand).rejects(new Error('Rate exceeded'));

    await expect(continueWait('d-1', 'start')).rejects.toThrow('Rate exceeded');
    await expect(stop('d-1')).rejects.toThrow('Rate exceeded');
  });
});

describe('a deployment to a target that is left alone', () => {
  const at = (minute: number) => new Date(atMinute(minute));
  const own = { deploymentId: 'd-1', description: OURS, createTime: at(1) } as const;
  const found = (change: Partial<DeploymentInfo>) => {
    groupOf(own, { deploymentId: 'd-9', status: 'Succeeded', createTime: at(2), ...change });
    return findAfter(group, 'd-1', momentAfter(0));
  };

  it('is found when it began after that of the release, also when it has ended since', async () => {
    expect(await found({})).toBe('d-9');
    expect(await found({ status: 'InProgress' })).toBe('d-9');
  });

  it('is not found when it began before, or failed', async () => {
    expect(await found({ createTime: at(0.5) })).toBeUndefined();
    expect(await found({ status: 'Failed' })).toBeUndefined();
  });
});
