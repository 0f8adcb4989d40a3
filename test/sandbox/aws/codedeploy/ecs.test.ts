import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../packages/sandbox/aws-error.ts';
import { account, ecsSpec, nameOf, revisionOf } from './account.ts';
import { PROD, TEST, TG_A, TG_B } from './neighbours.ts';

const withoutTestListener = {
  loadBalancerInfo: {
    targetGroupPairInfoList: [
      {
        targetGroups: [{ name: 'tg-a' }, { name: 'tg-b' }],
        prodTrafficRoute: { listenerArns: [PROD] },
      },
    ],
  },
};

describe('a deployment to ECS', () => {
  it('goes through its statuses, moves the traffic and removes the original task set', async () => {
    const aws = account();
    await aws.withEcs();

    const id = await aws.deployEcs();
    const statuses = new Set<string>();
    await aws.until(async () => {
      statuses.add((await aws.get(id)).status as string);
      return statuses.has('Succeeded');
    });

    expect([...statuses]).toEqual(['Created', 'Queued', 'InProgress', 'Succeeded']);
    expect(aws.world.shifts).toEqual([
      { minute: 0, a: 90, b: 10 },
      { minute: 5, a: 0, b: 100 },
    ]);
    expect(aws.world.listeners[TEST]).toEqual({ [TG_B]: 100, [TG_A]: 0 });
    expect(aws.world.taskSets).toMatchObject([
      { id: 'ecs-svc/2', status: 'PRIMARY', externalId: id },
    ]);
    expect(aws.world.events).toEqual(['START', 'SUCCESS']);
    expect(Object.values(await aws.events(id))).toEqual(Array(8).fill('Succeeded'));
  });

  it('launches the replacement behind the idle target group, in the network of the service', async () => {
    const aws = account();
    await aws.withEcs();

    await aws.end(await aws.deployEcs());

    expect(aws.world.created).toMatchObject([
      {
        cluster: 'main',
        service: 'web',
        launchType: 'FARGATE',
        platformVersion: 'LATEST',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
        loadBalancers: [{ targetGroupArn: TG_B, containerName: 'web', containerPort: 80 }],
        scale: { value: 100, unit: 'PERCENT' },
      },
    ]);
  });

  it('drops what the AppSpec does not repeat: capacity provider strategy and platform version', async () => {
    const aws = account();
    await aws.withEcs();
    const [blue] = aws.world.taskSets;
    delete blue.launchType;
    blue.capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    blue.platformVersion = '1.3.0';

    await aws.end(await aws.deployEcs());

    expect(aws.world.created).toMatchObject([{ launchType: 'FARGATE', platformVersion: 'LATEST' }]);
    expect(aws.world.created[0]).not.toHaveProperty('capacityProviderStrategy');
  });

  it('swaps the target groups with every deployment', async () => {
    const aws = account();
    await aws.withEcs();
    await aws.end(await aws.deployEcs());

    const second = await aws.deployEcs({}, { revision: revisionOf(ecsSpec(3)) });
    await aws.end(second);

    expect(aws.world.listeners[PROD]).toEqual({ [TG_A]: 100, [TG_B]: 0 });
    expect((await aws.get(second)).previousRevision?.appSpecContent).toMatchObject({
      content: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('shows which task set has which share of the traffic', async () => {
    const aws = account();
    await aws.withEcs();

    const id = await aws.deployEcs();
    await aws.until(() => aws.world.shifts.length === 1);
    await aws.pass(1);

    expect(await aws.target(id)).toMatchObject({
      targetId: 'main:web',
      status: 'InProgress',
      taskSetsInfo: [
        {
          identifer: 'ecs-svc/2',
          taskSetLabel: 'Green',
          trafficWeight: 10,
          targetGroup: { name: 'tg-b' },
          status: 'ACTIVE',
        },
        {
          identifer: 'ecs-svc/1',
          taskSetLabel: 'Blue',
          trafficWeight: 90,
          targetGroup: { name: 'tg-a' },
          status: 'PRIMARY',
        },
      ],
    });
  });

  it('knows no target before it has started', async () => {
    const aws = account();
    await aws.withEcs();

    const deploymentId = await aws.deployEcs();

    expect(await nameOf(aws.call('ListDeploymentTargets', { deploymentId }))).toBe(
      'DeploymentNotStartedException',
    );
  });

  it('has no test traffic and ignores its hook where the group has no test listener', async () => {
    const aws = account();
    await aws.withEcs(withoutTestListener);

    const id = await aws.deployEcs({ AfterAllowTestTraffic: 'smoke' });
    await aws.end(id);

    expect(aws.world.hookCalls).toEqual([]);
    expect(Object.keys(await aws.events(id))).toEqual([
      'BeforeInstall',
      'Install',
      'AfterInstall',
      'BeforeAllowTraffic',
      'AllowTraffic',
      'AfterAllowTraffic',
    ]);
    expect(aws.world.listeners[TEST]).toEqual({ [TG_A]: 1 });
  });

  it('gives a replacement that never becomes steady an hour', async () => {
    const aws = account();
    aws.world.steady = false;
    await aws.withEcs();

    const id = await aws.deployEcs();
    const { status, errorInformation } = await aws.end(id);

    expect(status).toBe('Failed');
    expect(errorInformation?.code).toBe('TIMEOUT');
    expect(aws.world.minutes()).toBeGreaterThanOrEqual(60);
    expect(await aws.events(id)).toMatchObject({ Install: 'Failed', AfterInstall: 'Skipped' });
    expect((await aws.rollbackOf(id)).status).toBe('Succeeded');
    expect(aws.world.taskSets).toHaveLength(1);
  });

  it('fails without a rollback when the original task set cannot be terminated', async () => {
    const aws = account({}, (_principal, permissions) => {
      if (permissions.some(({ action }) => action === 'ecs:DeleteTaskSet')) {
        throw new AwsError('AccessDeniedException', 'not authorized');
      }
    });
    await aws.withEcs();

    const { status, rollbackInfo } = await aws.end(await aws.deployEcs());

    expect(status).toBe('Failed');
    expect(rollbackInfo).toBeUndefined();
    expect(aws.world.listeners[PROD]).toEqual({ [TG_B]: 100, [TG_A]: 0 });
  });

  it.each([
    [
      'INVALID_ECS_SERVICE',
      (world: any) => {
        world.controller = 'ECS';
      },
    ],
    [
      'INVALID_ECS_SERVICE',
      (world: any) => {
        world.taskSets[0].status = 'ACTIVE';
      },
    ],
    [
      'ELASTIC_LOAD_BALANCING_INVALID',
      (world: any) => {
        world.listeners[PROD] = { [TG_B]: 1 };
      },
    ],
    [
      'ELASTIC_LOAD_BALANCING_INVALID',
      (world: any) => {
        world.listeners[TEST] = { other: 1 };
      },
    ],
  ])('fails with %s when the service and its listeners do not fit', async (code, spoil) => {
    const aws = account();
    await aws.withEcs();
    spoil(aws.world);

    const { errorInformation, rollbackInfo } = await aws.end(await aws.deployEcs());

    expect(errorInformation?.code).toBe(code);
    expect(rollbackInfo).toBeUndefined();
    expect(aws.world.created).toEqual([]);
  });

  it('survives calls to its neighbours that are refused, lost or never answered', async () => {
    const aws = account();
    await aws.withEcs();
    const fault = (operation: string, effect: any) =>
      aws.choke.inject({
        name: operation,
        matches: (call) => call.operation === operation && call.service !== 'codedeploy',
        effect,
      });
    const lost = new Error('socket hang up');
    const faults = [
      fault('DescribeServices', { kind: 'refuse', error: lost }),
      fault('CreateTaskSet', { kind: 'lose-response', error: lost }),
      fault('ModifyListener', { kind: 'hang' }),
      fault('UpdateServicePrimaryTaskSet', { kind: 'lose-response', error: lost }),
      fault('DeleteTaskSet', { kind: 'lose-response', error: lost }),
      fault('DescribeAlarms', { kind: 'refuse', error: lost }),
    ];

    const { status } = await aws.end(await aws.deployEcs());

    expect(status).toBe('Succeeded');
    expect(faults.map(({ hits }) => hits())).toEqual(faults.map(() => 1));
    expect(aws.world.created).toHaveLength(1);
    expect(aws.world.taskSets).toHaveLength(1);
  });

  it('fails when its role may not do what it must', async () => {
    const aws = account({}, (_principal, permissions) => {
      if (permissions.some(({ action }) => action === 'ecs:CreateTaskSet')) {
        const error = new Error('not authorized to perform: ecs:CreateTaskSet');
        error.name = 'AccessDeniedException';
        throw error;
      }
    });
    await aws.withEcs();

    const { status, errorInformation } = await aws.end(await aws.deployEcs());

    expect(status).toBe('Failed');
    expect(errorInformation).toMatchObject({
      code: 'IAM_ROLE_PERMISSIONS',
      message: expect.stringContaining('not authorized to perform: ecs:CreateTaskSet'),
    });
  });
});
