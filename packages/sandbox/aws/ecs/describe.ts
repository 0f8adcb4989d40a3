import type { Task as AwsTask, TaskSet as AwsTaskSet, Tag } from '@aws-sdk/client-ecs';
import { computedDesiredCount, running, wanted } from './scheduler.ts';
import type { EcsService, Task, TaskSet } from './state.ts';

/** What LATEST means (Fargate platform versions). */
const LATEST_PLATFORM = '1.4.0';

const launchOf = ({ launchType, capacityProviderStrategy }: TaskSet) => ({
  ...(launchType && { launchType: launchType as NonNullable<AwsTaskSet['launchType']> }),
  ...(capacityProviderStrategy && { capacityProviderStrategy: [...capacityProviderStrategy] }),
});

/** The platform that tasks are on: a task set and a task show it as a number, whatever was asked for. */
const platformOf = ({ platformVersion }: TaskSet): string =>
  platformVersion === 'LATEST' ? LATEST_PLATFORM : platformVersion;

/** What DescribeTaskSets and DescribeServices show of a task set. */
export const describeTaskSet = (taskSet: TaskSet): AwsTaskSet => {
  const { service, externalId, networkConfiguration, steadySince } = taskSet;
  const up = running(taskSet).length;
  return {
    id: taskSet.id,
    taskSetArn: taskSet.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    ...(service.controller === 'CODE_DEPLOY' && { startedBy: 'CODE_DEPLOY' }),
    ...(externalId !== undefined && { externalId }),
    status: taskSet.status,
    taskDefinition: taskSet.definition.taskDefinitionArn,
    computedDesiredCount: computedDesiredCount(taskSet),
    pendingCount: wanted(taskSet).length - up,
    runningCount: up,
    createdAt: taskSet.createdAt,
    updatedAt: taskSet.updatedAt,
    ...launchOf(taskSet),
    platformVersion: platformOf(taskSet),
    ...(networkConfiguration && { networkConfiguration }),
    loadBalancers: [...taskSet.loadBalancers],
    serviceRegistries: [],
    scale: taskSet.scale,
    stabilityStatus: steadySince ? 'STEADY_STATE' : 'STABILIZING',
    ...(steadySince && { stabilityStatusAt: steadySince }),
    tags: [...taskSet.tags],
  };
};

const describeDeployment = (taskSet: TaskSet) => ({
  id: taskSet.id,
  status: taskSet.status,
  taskDefinition: taskSet.definition.taskDefinitionArn,
  desiredCount: computedDesiredCount(taskSet),
  pendingCount: wanted(taskSet).length - running(taskSet).length,
  runningCount: running(taskSet).length,
  failedTasks: taskSet.failures,
  createdAt: taskSet.createdAt,
  updatedAt: taskSet.updatedAt,
  ...launchOf(taskSet),
  platformVersion: platformOf(taskSet),
  networkConfiguration: taskSet.networkConfiguration,
  rolloutState: taskSet.steadySince ? 'COMPLETED' : 'IN_PROGRESS',
});

/** What DescribeServices shows; the primary task set's parameters are the service's own, as on AWS. */
export const describeService = (service: EcsService, tags: readonly Tag[] | undefined) => {
  const { input, taskSets } = service;
  const primary = taskSets.find(({ status }) => status === 'PRIMARY');
  const up = taskSets.flatMap(running).length;
  const rolling = service.controller === 'ECS';
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: up,
    pendingCount: taskSets.flatMap(wanted).length - up,
    taskDefinition: primary?.definition.taskDefinitionArn,
    loadBalancers: primary?.loadBalancers ?? [],
    serviceRegistries: [],
    networkConfiguration: primary?.networkConfiguration,
    ...(primary && launchOf(primary)),
    platformVersion: primary?.platformVersion,
    deploymentController: { type: service.controller },
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    schedulingStrategy: 'REPLICA',
    roleArn: input.role,
    placementConstraints: [],
    placementStrategy: [],
    ...service.settings,
    taskSets: rolling ? [] : taskSets.map(describeTaskSet),
    deployments: rolling ? taskSets.map(describeDeployment) : [],
    events: service.events,
    createdAt: service.createdAt,
    ...(tags && { tags }),
  };
};

/** What DescribeTasks shows. */
export const describeTask = (task: Task): AwsTask => ({
  taskArn: task.arn,
  clusterArn: task.cluster.arn,
  taskDefinitionArn: task.definition.taskDefinitionArn,
  group: `service:${task.taskSet.service.name}`,
  startedBy: task.taskSet.id,
  lastStatus: task.lastStatus,
  desiredStatus: task.desiredStatus,
  ...(task.taskSet.capacityProviderStrategy
    ? { capacityProviderName: task.taskSet.capacityProviderStrategy[0]?.capacityProvider }
    : { launchType: task.taskSet.launchType as NonNullable<AwsTask['launchType']> }),
  platformVersion: platformOf(task.taskSet),
  cpu: task.definition.cpu,
  memory: task.definition.memory,
  createdAt: task.createdAt,
  ...(task.startedAt && { startedAt: task.startedAt }),
  ...(task.stoppingAt && { stoppingAt: task.stoppingAt }),
  ...(task.stoppedAt && { stoppedAt: task.stoppedAt }),
  ...(task.stoppedReason && { stoppedReason: task.stoppedReason, stopCode: task.stopCode }),
  connectivity: 'CONNECTED',
  healthStatus: 'UNKNOWN',
  attachments: [...task.addresses.values()].slice(0, 1).map(({ host }) => ({
    id: task.id,
    type: 'ElasticNetworkInterface',
    status: task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
    details: [{ name: 'privateIPv4Address', value: host }],
  })),
  containers: (task.definition.containerDefinitions ?? []).map(({ name = '', image }) => ({
    containerArn: `${task.arn.replace(':task/', ':container/')}/${name}`,
    taskArn: task.arn,
    name,
    image,
    imageDigest: task.digests.get(name),
    lastStatus: task.exitCodes.has(name) ? 'STOPPED' : task.lastStatus,
    ...(task.exitCodes.has(name) && { exitCode: task.exitCodes.get(name) }),
    networkBindings: [],
    networkInterfaces: [...task.addresses]
      .filter(([container]) => container === name)
      .map(([, { host }]) => ({ attachmentId: task.id, privateIpv4Address: host })),
    healthStatus: 'UNKNOWN',
  })),
  tags: [],
});
