import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Permission } from '../../../../packages/sandbox/cloud.ts';
import { account, lambdaSpec, nameOf, ROLE, revisionOf } from './account.ts';

describe('ListDeployments', () => {
  it('lists the newest first, of one group and with the statuses asked for', async () => {
    const aws = account();
    await aws.withEcs();
    await aws.withLambda();
    const first = await aws.deployLambda('1', '2');
    await aws.end(first);
    const second = await aws.deployLambda('2', '3');
    const other = await aws.deployEcs();
    const list = async (input: object) => (await aws.call('ListDeployments', input)).deployments;
    const api = { applicationName: 'api', deploymentGroupName: 'api' };

    expect(await list({})).toEqual([other, second, first]);
    expect(await list(api)).toEqual([second, first]);
    expect(await list({ ...api, includeOnlyStatuses: ['Created', 'InProgress'] })).toEqual([
      second,
    ]);
    const { createTime } = await aws.get(second);
    expect(await list({ ...api, createTimeRange: { end: new Date(+createTime! - 1) } })).toEqual([
      first,
    ]);
    expect(await list({ ...api, createTimeRange: { start: createTime } })).toEqual([second]);
  });

  it.each([
    [{ applicationName: 'api' }, 'DeploymentGroupNameRequiredException'],
    [{ deploymentGroupName: 'api' }, 'ApplicationNameRequiredException'],
    [{ includeOnlyStatuses: ['Done'] }, 'InvalidDeploymentStatusException'],
    [{ createTimeRange: { start: new Date(2), end: new Date(1) } }, 'InvalidTimeRangeException'],
    [{ nextToken: 'x' }, 'InvalidNextTokenException'],
  ])('refuses %j with %s', async (input, name) => {
    const aws = account();
    await aws.withLambda();

    expect(await nameOf(aws.call('ListDeployments', input))).toBe(name);
  });

  it('gives a hundred a page', async () => {
    const aws = account();
    for (let index = 0; index < 205; index += 1) {
      await aws.call('CreateApplication', { applicationName: `a${index}`, computePlatform: 'ECS' });
    }
    const pages: number[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await aws.call('ListApplications', { nextToken });
      pages.push(answer.applications.length);
      nextToken = answer.nextToken;
    } while (nextToken);

    expect(pages).toEqual([100, 100, 5]);
  });
});

describe('reading deployments and targets', () => {
  it('never shows the content of a revision, which GetApplicationRevision gives by its hash', async () => {
    const aws = account();
    await aws.withLambda();
    const id = await aws.deployLambda('1', '2');
    const content = JSON.stringify(lambdaSpec('1', '2'));
    const sha256 = createHash('sha256').update(content).digest('hex');
    await aws.end(id);

    const { revision } = await aws.get(id);
    const registered = await aws.call('GetApplicationRevision', {
      applicationName: 'api',
      revision: { revisionType: 'AppSpecContent', appSpecContent: { sha256 } },
    });

    expect(revision).toEqual({
      revisionType: 'AppSpecContent',
      appSpecContent: { content: null, sha256 },
    });
    expect(registered.revision.appSpecContent).toEqual({ content, sha256 });
    expect(registered.revisionInfo).toMatchObject({
      deploymentGroups: ['api'],
      lastUsedTime: expect.any(Date),
    });
  });

  it('deploys a registered revision by its hash alone', async () => {
    const aws = account();
    await aws.withLambda();
    const revision = revisionOf(lambdaSpec('1', '2'));
    await aws.call('RegisterApplicationRevision', { applicationName: 'api', revision });
    const sha256 = createHash('sha256').update(revision.appSpecContent.content).digest('hex');

    const id = await aws.deployLambda(
      '',
      '',
      {},
      {
        revision: { revisionType: 'AppSpecContent', appSpecContent: { sha256 } },
      },
    );

    expect((await aws.end(id)).status).toBe('Succeeded');
  });

  it('answers many at once and leaves out what is not there', async () => {
    const aws = account();
    await aws.withLambda();
    const id = await aws.deployLambda('1', '2', {}, { description: 'first' });
    await aws.untilStatus(id, 'InProgress');

    const { deploymentsInfo } = await aws.call('BatchGetDeployments', {
      deploymentIds: [id, 'd-ZZZZZZZZZ'],
    });
    const { deploymentTargets } = await aws.call('BatchGetDeploymentTargets', {
      deploymentId: id,
      targetIds: ['api'],
    });

    expect(deploymentsInfo).toMatchObject([
      { deploymentId: id, description: 'first', creator: 'user' },
    ]);
    expect(deploymentTargets).toMatchObject([{ deploymentTargetType: 'LambdaTarget' }]);
    expect(
      await nameOf(aws.call('BatchGetDeployments', { deploymentIds: Array(26).fill(id) })),
    ).toBe('BatchLimitExceededException');
    expect(
      await nameOf(aws.call('GetDeploymentTarget', { deploymentId: id, targetId: 'other' })),
    ).toBe('DeploymentTargetDoesNotExistException');
    const targetFilters = { TargetStatus: ['Lost'] };
    expect(
      await nameOf(aws.call('ListDeploymentTargets', { deploymentId: id, targetFilters })),
    ).toBe('InvalidInstanceStatusException');
    expect(await nameOf(aws.call('GetDeployment', { deploymentId: 'd-ZZZZZZZZZ' }))).toBe(
      'DeploymentDoesNotExistException',
    );
  });

  it('keeps Regions apart', async () => {
    const aws = account();
    await aws.withLambda();
    const elsewhere = aws.choke.call({
      principal: { kind: 'owner' },
      region: 'eu-west-1',
      service: 'codedeploy',
      operation: 'GetApplication',
      input: { applicationName: 'api' },
    });

    expect(await nameOf(elsewhere)).toBe('ApplicationDoesNotExistException');
  });
});

describe('deployment configurations', () => {
  it('are predefined for both platforms', async () => {
    const aws = account();
    const { deploymentConfigsList } = await aws.call('ListDeploymentConfigs');

    expect(deploymentConfigsList).toHaveLength(14);
    expect(
      (
        await aws.call('GetDeploymentConfig', {
          deploymentConfigName: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
        })
      ).deploymentConfigInfo,
    ).toMatchObject({
      computePlatform: 'ECS',
      trafficRoutingConfig: {
        type: 'TimeBasedLinear',
        timeBasedLinear: { linearPercentage: 10, linearInterval: 1 },
      },
    });
  });

  const linear = (linearPercentage: number, linearInterval: number) => ({
    type: 'TimeBasedLinear',
    timeBasedLinear: { linearPercentage, linearInterval },
  });
  it.each([
    [{ deploymentConfigName: undefined }, 'DeploymentConfigNameRequiredException'],
    [{ deploymentConfigName: 'CodeDeployDefault.Mine' }, 'InvalidDeploymentConfigNameException'],
    [{ computePlatform: 'Server' }, 'InvalidComputePlatformException'],
    [{ trafficRoutingConfig: linear(100, 1) }, 'InvalidTrafficRoutingConfigurationException'],
    [{ trafficRoutingConfig: linear(0, 1) }, 'InvalidTrafficRoutingConfigurationException'],
    [{ trafficRoutingConfig: linear(10, 400) }, 'InvalidTrafficRoutingConfigurationException'],
    [{ trafficRoutingConfig: { type: 'Random' } }, 'InvalidTrafficRoutingConfigurationException'],
    [{ trafficRoutingConfig: linear(10, 320) }, 'no error'],
  ])('%j gives %s', async (changes, name) => {
    const aws = account();
    const input = { deploymentConfigName: 'mine', computePlatform: 'ECS', ...changes };

    expect(await nameOf(aws.call('CreateDeploymentConfig', input))).toBe(name);
  });

  it('have one name each', async () => {
    const aws = account();
    const input = { deploymentConfigName: 'mine', computePlatform: 'ECS' };
    await aws.call('CreateDeploymentConfig', input);

    expect(await nameOf(aws.call('CreateDeploymentConfig', input))).toBe(
      'DeploymentConfigAlreadyExistsException',
    );
  });
});

describe('permissions', () => {
  const GROUP = 'arn:aws:codedeploy:us-east-1:111122223333:deploymentgroup:api/api';

  it('of CreateDeployment name the group, the configuration and the revision, and the group again for its alarms', async () => {
    const aws = account();
    await aws.withLambda();
    const asked = (input: object): readonly Permission[] =>
      aws.codedeploy.permissions?.CreateDeployment?.(
        { applicationName: 'api', deploymentGroupName: 'api', ...input },
        { principal: { kind: 'owner' }, region: 'us-east-1' },
      ) ?? [];
    const config = 'CodeDeployDefault.LambdaCanary10Percent5Minutes';

    expect(asked({})).toEqual([
      { action: 'codedeploy:CreateDeployment', resource: GROUP },
      {
        action: 'codedeploy:GetDeploymentConfig',
        resource: `arn:aws:codedeploy:us-east-1:111122223333:deploymentconfig:${config}`,
      },
      {
        action: 'codedeploy:RegisterApplicationRevision',
        resource: 'arn:aws:codedeploy:us-east-1:111122223333:application:api',
      },
    ]);
    expect(asked({ overrideAlarmConfiguration: { enabled: false } })).toContainEqual({
      action: 'codedeploy:UpdateDeploymentGroup',
      resource: GROUP,
    });
  });

  it('of an operation on a deployment name its group', async () => {
    const aws = account();
    await aws.withLambda();
    const deploymentId = await aws.deployLambda('1', '2');

    for (const operation of [
      'GetDeployment',
      'StopDeployment',
      'ContinueDeployment',
      'PutLifecycleEventHookExecutionStatus',
      'BatchGetDeploymentTargets',
    ]) {
      const asked = aws.codedeploy.permissions?.[operation]?.(
        { deploymentId },
        { principal: { kind: 'owner' }, region: 'us-east-1' },
      );
      expect(asked).toEqual([{ action: `codedeploy:${operation}`, resource: GROUP }]);
    }
  });

  it('of what a deployment does are the group’s own role’s, and AWS’s managed policies have them all', async () => {
    const aws = account();
    aws.world.onHook = async (call) => void (await aws.answer(call, 'Succeeded'));
    await aws.withEcs();
    await aws.withLambda();
    await aws.end(await aws.deployEcs({ BeforeAllowTraffic: 'gate' }));
    await aws.end(await aws.deployLambda('1', '2'));

    const used = aws.choke.used();
    expect(new Set(used.map(({ role }) => role))).toEqual(new Set([ROLE]));
    expect([...new Set(used.map(({ action }) => action))].sort()).toEqual([
      'cloudwatch:DescribeAlarms',
      'ecs:CreateTaskSet',
      'ecs:DeleteTaskSet',
      'ecs:DescribeServices',
      'ecs:UpdateServicePrimaryTaskSet',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:ModifyListener',
      'lambda:GetAlias',
      'lambda:Invoke',
      'lambda:UpdateAlias',
    ]);
  });
});

describe('CloudFormation', () => {
  it('creates an application, a configuration and a group from their properties', async () => {
    const aws = account();
    const context = {
      physicalName: () => 'made-up',
      call: (_service: string, operation: string, input: unknown) => aws.call(operation, input),
    } as any;
    const create = (type: string, properties: object) =>
      aws.codedeploy.resources?.[type]?.create(properties, context);

    const application = await create('AWS::CodeDeploy::Application', { ComputePlatform: 'ECS' });
    const config = await create('AWS::CodeDeploy::DeploymentConfig', {
      DeploymentConfigName: 'halves',
      ComputePlatform: 'ECS',
      TrafficRoutingConfig: {
        Type: 'TimeBasedCanary',
        TimeBasedCanary: { CanaryPercentage: 50, CanaryInterval: 2 },
      },
    });
    const group = await create('AWS::CodeDeploy::DeploymentGroup', {
      ApplicationName: application?.ref,
      DeploymentGroupName: 'web',
      DeploymentConfigName: config?.ref,
      ServiceRoleArn: aws.ecsGroup.serviceRoleArn,
      DeploymentStyle: {
        DeploymentType: 'BLUE_GREEN',
        DeploymentOption: 'WITH_TRAFFIC_CONTROL',
      },
      ECSServices: [{ ClusterName: 'main', ServiceName: 'web' }],
      LoadBalancerInfo: {
        TargetGroupPairInfoList: [
          {
            TargetGroups: [{ Name: 'tg-a' }, { Name: 'tg-b' }],
            ProdTrafficRoute: {
              ListenerArns:
                aws.ecsGroup.loadBalancerInfo.targetGroupPairInfoList[0]?.prodTrafficRoute
                  .listenerArns,
            },
          },
        ],
      },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: 'errors' }] },
      Tags: [{ Key: 'team', Value: 'web' }],
    });

    expect([application?.ref, config?.ref, group?.ref]).toEqual(['made-up', 'halves', 'web']);
    const { deploymentGroupInfo } = await aws.call('GetDeploymentGroup', {
      applicationName: 'made-up',
      deploymentGroupName: 'web',
    });
    expect(deploymentGroupInfo).toMatchObject({
      computePlatform: 'ECS',
      deploymentConfigName: 'halves',
      ecsServices: [{ clusterName: 'main', serviceName: 'web' }],
      alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
    });
    expect(
      await aws.call('ListTagsForResource', {
        ResourceArn: 'arn:aws:codedeploy:us-east-1:111122223333:deploymentgroup:made-up/web',
      }),
    ).toEqual({ Tags: [{ Key: 'team', Value: 'web' }] });
  });
});
