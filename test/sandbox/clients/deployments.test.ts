/** CodeDeploy by hand: what clients read, and deployments that they create, watch, continue and stop without any release. */
import * as codedeploy from '@aws-sdk/client-codedeploy';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import {
  GetAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
  waitUntilPublishedVersionActive,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Served } from '../../../rehearsal/session/serve.ts';
import { eventually, leadHere, opened } from './opened.ts';

let served: Served;

beforeAll(async () => {
  served = await opened();
  leadHere(served.url);
});

afterAll(() => served.close());

const deploy = new codedeploy.CodeDeployClient({});
const containers = new ECSClient({});
const functions = new LambdaClient({});

const create = async (group: string, config: string, resource: unknown): Promise<string> => {
  const { deploymentId } = await deploy.send(
    new codedeploy.CreateDeploymentCommand({
      applicationName: group,
      deploymentGroupName: group,
      deploymentConfigName: `CodeDeployDefault.${config}`,
      revision: {
        revisionType: 'AppSpecContent',
        appSpecContent: { content: JSON.stringify({ version: '0.0', Resources: [resource] }) },
      },
    }),
  );
  return deploymentId!;
};

const inform = async (deploymentId: string) => {
  const { deploymentInfo } = await deploy.send(
    new codedeploy.GetDeploymentCommand({ deploymentId }),
  );
  return deploymentInfo!;
};

const targetOf = async (deploymentId: string) => {
  const { targetIds } = await deploy.send(
    new codedeploy.ListDeploymentTargetsCommand({ deploymentId }),
  );
  const { deploymentTarget } = await deploy.send(
    new codedeploy.GetDeploymentTargetCommand({ deploymentId, targetId: targetIds![0] }),
  );
  return deploymentTarget!;
};

const status = (deploymentId: string, wanted: string) =>
  eventually(`${deploymentId} ${wanted}`, async () => {
    const found = await inform(deploymentId);
    return found.status === wanted ? found : undefined;
  });

/** A second version of the function that differs in its time-out. */
const publish = async (FunctionName: string): Promise<string> => {
  const waiting = { client: functions, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
  await functions.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 11 }));
  await waitUntilFunctionUpdatedV2(waiting, { FunctionName });
  const { Version } = await functions.send(new PublishVersionCommand({ FunctionName }));
  await waitUntilPublishedVersionActive(waiting, { FunctionName, Qualifier: Version! });
  return Version!;
};

it('knows applications, groups and configurations', async () => {
  const { applications } = await deploy.send(new codedeploy.ListApplicationsCommand({}));
  const applicationName = applications!.find((name) => name.endsWith('web'))!;
  const { application } = await deploy.send(
    new codedeploy.GetApplicationCommand({ applicationName }),
  );
  const { deploymentGroups } = await deploy.send(
    new codedeploy.ListDeploymentGroupsCommand({ applicationName }),
  );
  const { deploymentGroupInfo } = await deploy.send(
    new codedeploy.GetDeploymentGroupCommand({
      applicationName,
      deploymentGroupName: deploymentGroups![0],
    }),
  );
  const { deploymentConfigInfo } = await deploy.send(
    new codedeploy.GetDeploymentConfigCommand({
      deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    }),
  );

  expect(applications).toHaveLength(2);
  expect(application?.computePlatform).toBe('ECS');
  expect(deploymentGroupInfo?.autoRollbackConfiguration?.enabled).toBe(true);
  expect(deploymentGroupInfo?.alarmConfiguration?.alarms?.length).toBeGreaterThan(0);
  expect(deploymentConfigInfo?.trafficRoutingConfig?.timeBasedCanary).toEqual({
    canaryPercentage: 10,
    canaryInterval: 5,
  });
});

it("refuses by AWS's names", async () => {
  await expect(
    deploy.send(new codedeploy.GetDeploymentCommand({ deploymentId: 'd-ABCDEFGHI' })),
  ).rejects.toThrow(codedeploy.DeploymentDoesNotExistException);
});

it('shows the weights of a function while they move, and takes them back when it is stopped', async () => {
  const Name = 'storefront-api';
  const TargetVersion = await publish(Name);
  const id = await create('tandem-storefront-api', 'LambdaCanary10Percent30Minutes', {
    api: {
      Type: 'AWS::Lambda::Function',
      Properties: { Name, Alias: 'live', CurrentVersion: '1', TargetVersion },
    },
  });

  await status(id, 'InProgress');
  const moving = await eventually('a tenth', async () => {
    const { lambdaTarget } = await targetOf(id);
    const weight = lambdaTarget?.lambdaFunctionInfo?.targetVersionWeight;
    return weight === 0.1 ? lambdaTarget : undefined;
  });
  const split = await functions.send(new GetAliasCommand({ FunctionName: Name, Name: 'live' }));
  await deploy.send(
    new codedeploy.StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: true }),
  );
  const stopped = await status(id, 'Stopped');
  const { rollbackDeploymentId } = await eventually('its rollback', async () => {
    const { rollbackInfo } = await inform(id);
    return rollbackInfo?.rollbackDeploymentId ? rollbackInfo : undefined;
  });
  await status(rollbackDeploymentId!, 'Succeeded');
  const back = await functions.send(new GetAliasCommand({ FunctionName: Name, Name: 'live' }));

  expect(moving?.lambdaFunctionInfo).toMatchObject({ currentVersion: '1', targetVersion: '2' });
  expect(split.RoutingConfig?.AdditionalVersionWeights).toEqual({ '2': 0.1 });
  expect(stopped.computePlatform).toBe('Lambda');
  expect(back).toMatchObject({ FunctionVersion: '1' });
  expect(back.RoutingConfig).toBeUndefined();
});

it('waits for people before and after the traffic of a service moves', async () => {
  const { taskDefinition } = await containers.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: 'storefront-web' }),
  );
  const { family, containerDefinitions, taskRoleArn, executionRoleArn, networkMode } =
    taskDefinition!;
  const { cpu, memory, requiresCompatibilities } = taskDefinition!;
  const next = await containers.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions,
      taskRoleArn,
      executionRoleArn,
      networkMode,
      cpu,
      memory,
      requiresCompatibilities,
    }),
  );
  const id = await create('tandem-storefront-web', 'ECSCanary10Percent5Minutes', {
    TargetService: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: next.taskDefinition!.taskDefinitionArn,
        LoadBalancerInfo: { ContainerName: 'web', ContainerPort: 8080 },
      },
    },
  });
  const weights = async () => {
    const { ecsTarget } = await targetOf(id);
    return Object.fromEntries(
      ecsTarget!.taskSetsInfo!.map(({ taskSetLabel, trafficWeight }) => [
        taskSetLabel,
        trafficWeight,
      ]),
    );
  };

  await status(id, 'Ready');
  const before = await weights();
  await deploy.send(
    new codedeploy.ContinueDeploymentCommand({
      deploymentId: id,
      deploymentWaitType: 'READY_WAIT',
    }),
  );
  await eventually('a tenth', async () => ((await weights()).Green === 10 ? true : undefined));
  await eventually('everything', async () => ((await weights()).Green === 100 ? true : undefined));
  await eventually('the wait before blue goes', async () =>
    (await inform(id)).instanceTerminationWaitTimeStarted ? true : undefined,
  );
  await deploy.send(
    new codedeploy.ContinueDeploymentCommand({
      deploymentId: id,
      deploymentWaitType: 'TERMINATION_WAIT',
    }),
  );
  await status(id, 'Succeeded');
  const { services } = await containers.send(
    new DescribeServicesCommand({ cluster: 'storefront', services: ['storefront-web'] }),
  );

  expect(before).toEqual({ Blue: 100, Green: 0 });
  expect(services?.[0]?.taskDefinition).toBe(next.taskDefinition!.taskDefinitionArn);
  await expect(
    deploy.send(new codedeploy.StopDeploymentCommand({ deploymentId: id })),
  ).rejects.toMatchObject({
    name: 'DeploymentAlreadyCompletedException',
  });
});
