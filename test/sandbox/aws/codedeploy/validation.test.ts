import { describe, expect, it } from 'vitest';
import { account, ecsSpec, lambdaSpec, nameOf, ROLE, revisionOf } from './account.ts';
import { PROD, TEST } from './neighbours.ts';

const pair = (changes: object) => ({
  loadBalancerInfo: {
    targetGroupPairInfoList: [
      {
        targetGroups: [{ name: 'tg-a' }, { name: 'tg-b' }],
        prodTrafficRoute: { listenerArns: [PROD] },
        ...changes,
      },
    ],
  },
});
const ready = (deploymentReadyOption: object) => ({
  blueGreenDeploymentConfiguration: { deploymentReadyOption },
});
const terminate = (terminateBlueInstancesOnDeploymentSuccess: object) => ({
  blueGreenDeploymentConfiguration: { terminateBlueInstancesOnDeploymentSuccess },
});
const alarms = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `alarm-${index}` }));

describe('an ECS group is refused with', () => {
  it.each<[string, object]>([
    ['RoleRequiredException', { serviceRoleArn: undefined }],
    ['InvalidRoleException', { serviceRoleArn: 'deployer' }],
    ['InvalidRoleException', { serviceRoleArn: 'arn:aws:iam::111122223333:role/nobody' }],
    ['InvalidDeploymentStyleException', { deploymentStyle: undefined }],
    ['InvalidDeploymentStyleException', { deploymentStyle: { deploymentType: 'BLUE_GREEN' } }],
    [
      'InvalidDeploymentStyleException',
      { deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITH_TRAFFIC_CONTROL' } },
    ],
    ['InvalidECSServiceException', { ecsServices: [] }],
    ['InvalidECSServiceException', { ecsServices: [{ clusterName: 'main', serviceName: 'none' }] }],
    [
      'InvalidECSServiceException',
      {
        ecsServices: [
          { clusterName: 'main', serviceName: 'web' },
          { clusterName: 'main', serviceName: 'web-2' },
        ],
      },
    ],
    ['InvalidLoadBalancerInfoException', { loadBalancerInfo: undefined }],
    [
      'InvalidLoadBalancerInfoException',
      { loadBalancerInfo: { targetGroupInfoList: [{ name: 'tg-a' }] } },
    ],
    ['InvalidTargetGroupPairException', pair({ targetGroups: [{ name: 'tg-a' }] })],
    ['InvalidTargetGroupPairException', pair({ targetGroups: [{ name: 'a' }, { name: 'a' }] })],
    [
      'InvalidTargetGroupPairException',
      pair({ targetGroups: [{ name: 'targetgroup/a/1' }, { name: 'tg-b' }] }),
    ],
    ['InvalidTargetGroupPairException', pair({ prodTrafficRoute: { listenerArns: [] } })],
    ['InvalidTargetGroupPairException', pair({ testTrafficRoute: { listenerArns: [TEST, PROD] } })],
    [
      'InvalidLoadBalancerInfoException',
      pair({ testTrafficRoute: { listenerArns: [TEST.replace('/lb/1/', '/lb/2/')] } }),
    ],
    [
      'InvalidLoadBalancerInfoException',
      pair({ prodTrafficRoute: { listenerArns: [PROD.replace('/app/', '/net/')] } }),
    ],
    ['InvalidAutoScalingGroupException', { autoScalingGroups: ['asg'] }],
    [
      'InvalidBlueGreenDeploymentConfigurationException',
      ready({ actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 5 }),
    ],
    ['InvalidBlueGreenDeploymentConfigurationException', terminate({ action: 'KEEP_ALIVE' })],
    [
      'InvalidBlueGreenDeploymentConfigurationException',
      terminate({ action: 'TERMINATE', terminationWaitTimeInMinutes: 2881 }),
    ],
    [
      'InvalidBlueGreenDeploymentConfigurationException',
      {
        blueGreenDeploymentConfiguration: {
          greenFleetProvisioningOption: { action: 'COPY_AUTO_SCALING_GROUP' },
        },
      },
    ],
    ['InvalidAlarmConfigException', { alarmConfiguration: { enabled: true, alarms: [] } }],
    ['InvalidAlarmConfigException', { alarmConfiguration: { alarms: [{ name: '' }] } }],
    [
      'InvalidAlarmConfigException',
      { alarmConfiguration: { alarms: [{ name: 'a' }, { name: 'a' }] } },
    ],
    ['AlarmsLimitExceededException', { alarmConfiguration: { enabled: true, alarms: alarms(11) } }],
    ['InvalidAutoRollbackConfigException', { autoRollbackConfiguration: { enabled: true } }],
    [
      'InvalidAutoRollbackConfigException',
      {
        autoRollbackConfiguration: {
          enabled: true,
          events: ['DEPLOYMENT_STOP_ON_INSTANCE_FAILURE'],
        },
      },
    ],
    ['InvalidDeploymentConfigNameException', { deploymentConfigName: undefined }],
    [
      'InvalidDeploymentConfigNameException',
      { deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce' },
    ],
    ['DeploymentConfigDoesNotExistException', { deploymentConfigName: 'none' }],
    ['InvalidDeploymentGroupNameException', { deploymentGroupName: 'a b' }],
    ['DeploymentGroupNameRequiredException', { deploymentGroupName: undefined }],
    ['ApplicationDoesNotExistException', { applicationName: 'none' }],
    ['ApplicationNameRequiredException', { applicationName: undefined }],
  ])('%s: %j', async (name, changes) => {
    const aws = account();

    expect(await nameOf(aws.withEcs(changes))).toBe(name);
  });

  it('InvalidECSServiceException when the service has another deployment controller', async () => {
    const aws = account();
    aws.world.controller = 'ECS';

    expect(await nameOf(aws.withEcs())).toBe('InvalidECSServiceException');
  });

  it('InvalidRoleException when its role does not trust CodeDeploy', async () => {
    const aws = account();
    aws.world.roles.set('deployer', 'ec2.amazonaws.com');

    expect(await nameOf(aws.withEcs())).toBe('InvalidRoleException');
  });

  it('DeploymentGroupAlreadyExistsException or ECSServiceMappingLimitExceededException when there is one', async () => {
    const aws = account();
    await aws.withEcs();
    const other = { ...aws.ecsGroup, ecsServices: [{ clusterName: 'main', serviceName: 'other' }] };

    expect(await nameOf(aws.call('CreateDeploymentGroup', aws.ecsGroup))).toBe(
      'ECSServiceMappingLimitExceededException',
    );
    expect(
      await nameOf(
        aws.call('CreateDeploymentGroup', { ...aws.ecsGroup, deploymentGroupName: 'two' }),
      ),
    ).toBe('ECSServiceMappingLimitExceededException');
    expect(await nameOf(aws.call('CreateDeploymentGroup', other))).toBe(
      'InvalidECSServiceException',
    );
  });
});

describe('a Lambda group is refused with', () => {
  it.each<[string, object]>([
    ['InvalidECSServiceException', { ecsServices: [{ clusterName: 'm', serviceName: 'w' }] }],
    ['InvalidLoadBalancerInfoException', pair({})],
    ['InvalidBlueGreenDeploymentConfigurationException', terminate({ action: 'TERMINATE' })],
    [
      'InvalidDeploymentConfigNameException',
      { deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' },
    ],
  ])('%s: %j', async (name, changes) => {
    const aws = account();

    expect(await nameOf(aws.withLambda(changes))).toBe(name);
  });

  it('DeploymentGroupAlreadyExistsException when there is one', async () => {
    const aws = account();
    await aws.withLambda();

    expect(await nameOf(aws.call('CreateDeploymentGroup', aws.lambdaGroup))).toBe(
      'DeploymentGroupAlreadyExistsException',
    );
  });
});

describe('UpdateDeploymentGroup', () => {
  const names = { applicationName: 'api', currentDeploymentGroupName: 'api' };

  it('changes what it is given and nothing else, and checks the whole', async () => {
    const aws = account();
    await aws.withLambda();

    await aws.call('UpdateDeploymentGroup', {
      ...names,
      newDeploymentGroupName: 'api-2',
      alarmConfiguration: { enabled: false },
    });

    const { deploymentGroupInfo } = await aws.call('GetDeploymentGroup', {
      applicationName: 'api',
      deploymentGroupName: 'api-2',
    });
    expect(deploymentGroupInfo).toMatchObject({
      deploymentGroupName: 'api-2',
      serviceRoleArn: ROLE,
      alarmConfiguration: { enabled: false },
    });
    expect(await nameOf(aws.call('UpdateDeploymentGroup', names))).toBe(
      'DeploymentGroupDoesNotExistException',
    );
    expect(
      await nameOf(
        aws.call('UpdateDeploymentGroup', {
          ...names,
          currentDeploymentGroupName: 'api-2',
          alarmConfiguration: { enabled: true, alarms: [] },
        }),
      ),
    ).toBe('InvalidAlarmConfigException');
  });

  it('does not change a deployment that is under way', async () => {
    const aws = account();
    await aws.withLambda();
    const id = await aws.deployLambda('1', '2');
    await aws.until(() => aws.world.aliasChanges.length === 1);

    await aws.call('UpdateDeploymentGroup', { ...names, alarmConfiguration: { enabled: false } });
    aws.world.alarms.set('errors', 'ALARM');

    expect((await aws.end(id)).status).toBe('Stopped');
  });
});

describe('CreateDeployment is refused with', () => {
  const content = (value: unknown) => ({ revision: revisionOf(value) });
  const withProperties = (changes: object) => {
    const spec = ecsSpec(2);
    Object.assign(spec.Resources[0]!.TargetService.Properties, changes);
    return content(spec);
  };

  it.each<[string, object]>([
    ['ApplicationNameRequiredException', { applicationName: undefined }],
    ['ApplicationDoesNotExistException', { applicationName: 'none' }],
    ['DeploymentGroupNameRequiredException', { deploymentGroupName: undefined }],
    ['DeploymentGroupDoesNotExistException', { deploymentGroupName: 'none' }],
    ['DescriptionTooLongException', { description: 'x'.repeat(257) }],
    ['RevisionRequiredException', { revision: undefined }],
    ['InvalidRevisionException', content('')],
    ['InvalidRevisionException', content('bm90IGpzb24=')],
    ['InvalidRevisionException', content('{"version":')],
    ['InvalidRevisionException', content({ ...ecsSpec(2), version: '1.0' })],
    ['InvalidRevisionException', content({ version: '0.0', Resources: [] })],
    ['InvalidRevisionException', content(lambdaSpec('1', '2'))],
    ['InvalidRevisionException', content(ecsSpec(2, { AfterBake: 'fn' }))],
    ['InvalidRevisionException', content(ecsSpec(2, { AllowTraffic: 'fn' }))],
    ['InvalidRevisionException', withProperties({ TaskDefinition: 'web:2' })],
    ['InvalidRevisionException', withProperties({ LoadBalancerInfo: { ContainerName: 'web' } })],
    [
      'InvalidRevisionException',
      {
        revision: {
          revisionType: 'AppSpecContent',
          appSpecContent: { content: '{}', sha256: 'a' },
        },
      },
    ],
    [
      'RevisionDoesNotExistException',
      { revision: { revisionType: 'AppSpecContent', appSpecContent: { sha256: 'a'.repeat(64) } } },
    ],
    ['InvalidRevisionException', { revision: { revisionType: 'S3', s3Location: { bucket: 'b' } } }],
    ['DeploymentConfigDoesNotExistException', { deploymentConfigName: 'none' }],
    [
      'InvalidDeploymentConfigNameException',
      { deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce' },
    ],
    ['InvalidAlarmConfigException', { overrideAlarmConfiguration: { enabled: true } }],
    ['InvalidAutoRollbackConfigException', { autoRollbackConfiguration: { enabled: true } }],
    ['InvalidTargetInstancesException', { targetInstances: {} }],
  ])('%s: %j', async (name, changes) => {
    const aws = account();
    await aws.withEcs();

    expect(await nameOf(aws.deployEcs({}, changes))).toBe(name);
  });

  it.each([
    ['', '7'],
    ['$LATEST', '7'],
    ['0', '7'],
    ['6', 'live'],
    ['6', '1.5'],
  ])('InvalidRevisionException for the Lambda versions "%s" and "%s"', async (from, to) => {
    const aws = account();
    await aws.withLambda();

    expect(await nameOf(aws.deployLambda(from, to))).toBe('InvalidRevisionException');
  });

  it('InvalidRoleException when the role of the group is gone', async () => {
    const aws = account();
    await aws.withEcs();
    aws.world.roles.clear();

    expect(await nameOf(aws.deployEcs())).toBe('InvalidRoleException');
  });

  it('DeploymentLimitExceededException while the group has an active deployment, whose id it names', async () => {
    const aws = account();
    await aws.withEcs();
    const id = await aws.deployEcs();

    await expect(aws.deployEcs()).rejects.toMatchObject({
      name: 'DeploymentLimitExceededException',
      message: `The Deployment Group 'web' already has an active Deployment '${id}'`,
    });
    await aws.end(id);
    expect(await nameOf(aws.deployEcs())).toBe('no error');
  });

  it('DeploymentLimitExceededException for one of two callers at the same moment', async () => {
    const aws = account();
    await aws.withEcs();

    const names = await Promise.all([nameOf(aws.deployEcs()), nameOf(aws.deployEcs())]);

    expect(names.sort()).toEqual(['DeploymentLimitExceededException', 'no error']);
  });
});
