/** The task sets of an ECS service: reading, creating, waiting until they are steady, deleting. */
import type { EcsAppSpec } from '../appspec.ts';
import type { DeploymentRecord, TaskSetProgress } from '../records.ts';
import { DeploymentFailure } from './failure.ts';
import type { TargetGroup } from './listeners.ts';
import type { Run } from './run.ts';

/** Minutes that a replacement task set may take to become healthy (user guide). */
const LONGEST_INSTALL = 60;
/** Minutes that it may take to become steady again when it is scaled while traffic shifts (ECS developer guide). */
const LONGEST_SCALING = 5;
/** Seconds between two looks at it. */
const POLL = 5;

/** The cluster and the service of a group. */
export const serviceOf = ({ settings }: DeploymentRecord) => {
  const { clusterName, serviceName } = settings.ecsServices?.[0] ?? {};
  return { cluster: clusterName as string, service: serviceName as string };
};

/** The service as ECS describes it, with its PRIMARY task set; throws INVALID_ECS_SERVICE. */
export const readService = async (run: Run): Promise<{ service: any; primary: any }> => {
  const { cluster, service: name } = serviceOf(run.deployment);
  const { services = [] } = await run.act('ecs', 'DescribeServices', { cluster, services: [name] });
  const [service] = services;
  const invalid = (message: string) => new DeploymentFailure('INVALID_ECS_SERVICE', message);
  if (!service || service.status === 'INACTIVE') {
    throw invalid(`The ECS service ${name} does not exist in the cluster ${cluster}.`);
  }
  if (service.deploymentController?.type !== 'CODE_DEPLOY') {
    throw invalid(`The deployment controller of the ECS service ${name} must be CODE_DEPLOY.`);
  }
  const primary = service.taskSets?.find((taskSet: any) => taskSet.status === 'PRIMARY');
  if (!primary) throw invalid(`The ECS service ${name} has no primary task set.`);
  return { service, primary };
};

/** What a deployment reports of a task set. */
export const progressOf = (
  taskSet: any,
  targetGroup: TargetGroup,
  trafficWeight: number,
): TaskSetProgress => ({
  id: taskSet.id,
  targetGroup,
  ...countsOf(taskSet),
  trafficWeight,
});

const countsOf = (taskSet: any) => ({
  status: taskSet.status,
  desiredCount: taskSet.computedDesiredCount ?? 0,
  pendingCount: taskSet.pendingCount ?? 0,
  runningCount: taskSet.runningCount ?? 0,
});

/** Creates the replacement task set, or finds the one that an earlier, lost call has created. */
export const createTaskSet = async (run: Run, targetGroup: TargetGroup): Promise<any> => {
  const { deployment, act } = run;
  const spec = deployment.appSpec as EcsAppSpec;
  const { cluster, service: name } = serviceOf(deployment);
  const { service, primary } = await readService(run);
  const created = async () => {
    const { taskSets = [] } = (await readService(run)).service;
    const taskSet = taskSets.find(({ externalId }: any) => externalId === deployment.id);
    return taskSet && { taskSet };
  };
  const { taskSet } = await act(
    'ecs',
    'CreateTaskSet',
    {
      cluster,
      service: name,
      externalId: deployment.id,
      taskDefinition: spec.taskDefinition,
      loadBalancers: [
        {
          targetGroupArn: targetGroup.arn,
          containerName: spec.containerName,
          containerPort: spec.containerPort,
        },
      ],
      scale: { value: 100, unit: 'PERCENT' },
      ...launchOf(spec, primary, service),
    },
    { effect: created },
  );
  return taskSet;
};

/**
 * How the replacement is launched. What the AppSpec leaves out is not taken from the task set that runs: its capacity
 * provider strategy is dropped (aws/containers-roadmap#1752, #695, #713), the platform version becomes LATEST (user
 * guide, "AppSpec resources section"). The network is the service's then.
 */
const launchOf = (spec: EcsAppSpec, primary: any, service: any) => {
  const strategy = spec.capacityProviderStrategy;
  const launch = {
    ...(Array.isArray(strategy) && strategy.length > 0
      ? { capacityProviderStrategy: strategy }
      : { launchType: primary.launchType ?? service.launchType ?? 'FARGATE' }),
    networkConfiguration:
      spec.networkConfiguration ?? primary.networkConfiguration ?? service.networkConfiguration,
    platformVersion: spec.platformVersion ?? 'LATEST',
    serviceRegistries: primary.serviceRegistries ?? service.serviceRegistries,
  };
  return Object.fromEntries(Object.entries(launch).filter(([, value]) => value !== undefined));
};

/** Waits until the replacement task set is steady and its targets are healthy; TIMEOUT after so many minutes. */
const untilSteady = async (run: Run, green: TaskSetProgress, minutes: number): Promise<void> => {
  const deadline = run.cloud.clock.now() + minutes * 60_000;
  while (!(await isHealthy(run, green))) {
    if (run.cloud.clock.now() >= deadline) {
      throw new DeploymentFailure(
        'TIMEOUT',
        `The deployment timed out while waiting for the replacement task set to become healthy. This time out period is ${minutes} minutes.`,
      );
    }
    await run.pause(POLL * 1000);
  }
};

/** Waits until the replacement task set has come up. */
export const untilHealthy = (run: Run, green: TaskSetProgress): Promise<void> =>
  untilSteady(run, green, LONGEST_INSTALL);

/** Waits until it has followed what a scaling policy has asked for meanwhile. */
export const untilScaled = (run: Run, green: TaskSetProgress): Promise<void> =>
  untilSteady(run, green, LONGEST_SCALING);

/** ECS calls a task set steady when all its tasks run and their load balancer takes them for healthy. */
const isHealthy = async (run: Run, green: TaskSetProgress): Promise<boolean> => {
  const taskSet = await refresh(run, green);
  if (taskSet) return taskSet.stabilityStatus === 'STEADY_STATE';
  throw new DeploymentFailure('ECS_UPDATE_ERROR', 'The replacement task set no longer exists.');
};

/** Reads the counts of a task set again; undefined if it is gone. */
export const refresh = async (run: Run, progress: TaskSetProgress): Promise<any> => {
  const { service } = await readService(run);
  const taskSet = service.taskSets.find(({ id }: any) => id === progress.id);
  if (taskSet) Object.assign(progress, countsOf(taskSet));
  return taskSet;
};

/** Makes a task set the one that the service is known by. */
export const makePrimary = async (run: Run, taskSet: TaskSetProgress): Promise<void> => {
  await run.act('ecs', 'UpdateServicePrimaryTaskSet', {
    ...serviceOf(run.deployment),
    primaryTaskSet: taskSet.id,
  });
};

/** Deletes a task set whatever it still runs; one that is gone already is fine. */
export const deleteTaskSet = async (run: Run, id: string): Promise<void> => {
  await run.act(
    'ecs',
    'DeleteTaskSet',
    { ...serviceOf(run.deployment), taskSet: id, force: true },
    { fine: ['TaskSetNotFoundException'] },
  );
};
