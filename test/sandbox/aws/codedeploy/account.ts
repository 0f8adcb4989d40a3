/** An account with CodeDeploy and stand-ins for its neighbours, on virtual time. */
import type { DeploymentInfo, DeploymentStatus, LifecycleEvent } from '@aws-sdk/client-codedeploy';
import { codedeployService } from '../../../../packages/sandbox/aws/codedeploy/service.ts';
import { type Authorize, chokePoint } from '../../../../packages/sandbox/call.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import type { Cloud } from '../../../../packages/sandbox/cloud.ts';
import { documentedQuirks, type Quirks } from '../../../../packages/sandbox/quirks.ts';
import { neighbours, PROD, TEST } from './neighbours.ts';

export const ROLE = 'arn:aws:iam::111122223333:role/deployer';
const REGION = 'us-east-1';

/** Errors that a test expects by the name of their shape. */
export const nameOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: Error) => error.name,
  );

export const account = (quirks: Partial<Quirks> = {}, authorize: Authorize = () => undefined) => {
  const clock = virtualClock();
  const choke = chokePoint(clock, authorize);
  let counter = 0;
  const cloud = {
    account: '111122223333',
    clock,
    call: choke.call,
    quirks: { ...documentedQuirks, ...quirks },
    random: () => 0.5,
    id: (length: number) => String(++counter).padStart(length, '0'),
    note: () => undefined,
  } as unknown as Cloud;
  const { world, services } = neighbours(clock);
  for (const service of services) choke.register(service);
  const codedeploy = codedeployService(cloud);
  choke.register(codedeploy);

  const call = (operation: string, input: unknown = {}): Promise<any> =>
    choke.call({
      principal: { kind: 'owner' },
      region: REGION,
      service: 'codedeploy',
      operation,
      input,
    });

  const get = async (deploymentId: string): Promise<DeploymentInfo> =>
    (await call('GetDeployment', { deploymentId })).deploymentInfo;

  /** Lets `seconds` of service time pass. */
  const pass = (seconds: number) => clock.until(clock.sleep(seconds * 1000));

  /** Lets time pass until `met` holds; looks every second for at most four days. */
  const until = async (met: () => Promise<boolean> | boolean): Promise<void> => {
    for (let second = 0; second < 345_600; second += 1) {
      if (await met()) return;
      await pass(1);
    }
    throw new Error('never met');
  };

  const untilStatus = (id: string, ...statuses: DeploymentStatus[]) =>
    until(async () => statuses.includes((await get(id)).status as DeploymentStatus));

  /** The deployment once it has ended. */
  const end = async (id: string): Promise<DeploymentInfo> => {
    await untilStatus(id, 'Succeeded', 'Failed', 'Stopped');
    return get(id);
  };

  /** The deployment that took this one back, once it has ended. */
  const rollbackOf = async (id: string): Promise<DeploymentInfo> => {
    const { rollbackInfo } = await get(id);
    return end(rollbackInfo?.rollbackDeploymentId as string);
  };

  const target = async (deploymentId: string): Promise<any> => {
    const { targetIds } = await call('ListDeploymentTargets', { deploymentId });
    const { deploymentTarget } = await call('GetDeploymentTarget', {
      deploymentId,
      targetId: targetIds[0],
    });
    return deploymentTarget.ecsTarget ?? deploymentTarget.lambdaTarget;
  };

  const events = async (id: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await target(id)).lifecycleEvents.map((event: LifecycleEvent) => [
        event.lifecycleEventName,
        event.status,
      ]),
    );

  const answer = (call_: { payload: any }, status: string) =>
    call('PutLifecycleEventHookExecutionStatus', {
      deploymentId: call_.payload.DeploymentId,
      lifecycleEventHookExecutionId: call_.payload.LifecycleEventHookExecutionId,
      status,
    });

  const common = {
    serviceRoleArn: ROLE,
    deploymentStyle: {
      deploymentType: 'BLUE_GREEN',
      deploymentOption: 'WITH_TRAFFIC_CONTROL',
    },
    alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
    autoRollbackConfiguration: {
      enabled: true,
      events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
    },
  };
  const ecsGroup = {
    ...common,
    applicationName: 'web',
    deploymentGroupName: 'web',
    deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    ecsServices: [{ clusterName: 'main', serviceName: 'web' }],
    loadBalancerInfo: {
      targetGroupPairInfoList: [
        {
          targetGroups: [{ name: 'tg-a' }, { name: 'tg-b' }],
          prodTrafficRoute: { listenerArns: [PROD] },
          testTrafficRoute: { listenerArns: [TEST] },
        },
      ],
    },
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 0 },
      terminateBlueInstancesOnDeploymentSuccess: {
        action: 'TERMINATE',
        terminationWaitTimeInMinutes: 10,
      },
    },
  };
  const lambdaGroup = {
    ...common,
    applicationName: 'api',
    deploymentGroupName: 'api',
    deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
  };

  /** Makes the application and the group of one platform, with changes to the group. */
  const withEcs = async (changes: object = {}) => {
    await call('CreateApplication', { applicationName: 'web', computePlatform: 'ECS' });
    await call('CreateDeploymentGroup', { ...ecsGroup, ...changes });
  };
  const withLambda = async (changes: object = {}) => {
    await call('CreateApplication', { applicationName: 'api', computePlatform: 'Lambda' });
    await call('CreateDeploymentGroup', { ...lambdaGroup, ...changes });
  };

  const deployEcs = async (hooks: object = {}, changes: object = {}): Promise<string> => {
    const { deploymentId } = await call('CreateDeployment', {
      applicationName: 'web',
      deploymentGroupName: 'web',
      revision: revisionOf(ecsSpec(2, hooks)),
      ...changes,
    });
    return deploymentId;
  };
  const deployLambda = async (
    from: string,
    to: string,
    hooks: object = {},
    changes: object = {},
  ): Promise<string> => {
    const { deploymentId } = await call('CreateDeployment', {
      applicationName: 'api',
      deploymentGroupName: 'api',
      revision: revisionOf(lambdaSpec(from, to, hooks)),
      ...changes,
    });
    return deploymentId;
  };

  return {
    clock,
    choke,
    cloud,
    codedeploy,
    world,
    call,
    get,
    pass,
    until,
    untilStatus,
    end,
    rollbackOf,
    target,
    events,
    answer,
    ecsGroup,
    lambdaGroup,
    withEcs,
    withLambda,
    deployEcs,
    deployLambda,
  };
};

export const revisionOf = (spec: unknown) => ({
  revisionType: 'AppSpecContent',
  appSpecContent: { content: typeof spec === 'string' ? spec : JSON.stringify(spec) },
});

export const ecsSpec = (revision: number, hooks: object = {}) => ({
  version: '0.0',
  Resources: [
    {
      TargetService: {
        Type: 'AWS::ECS::Service',
        Properties: {
          TaskDefinition: `arn:aws:ecs:us-east-1:111122223333:task-definition/web:${revision}`,
          LoadBalancerInfo: { ContainerName: 'web', ContainerPort: 80 },
        },
      },
    },
  ],
  Hooks: Object.entries(hooks).map(([event, name]) => ({ [event]: name })),
});

export const lambdaSpec = (CurrentVersion: string, TargetVersion: string, hooks: object = {}) => ({
  version: '0.0',
  Resources: [
    {
      api: {
        Type: 'AWS::Lambda::Function',
        Properties: { Name: 'api', Alias: 'live', CurrentVersion, TargetVersion },
      },
    },
  ],
  Hooks: hooks,
});
