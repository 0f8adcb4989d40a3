import type { Clock } from '../../clock/clock.ts';
import type { ResourceContext, ResourceProvider } from '../../cloud.ts';
import { apiMembers } from './member-case.ts';

/** How often a new service is looked at (ms of service time). */
const lookAt = 1000;
/** Tasks that may fail in a row before the creation of their service has failed. */
const patience = 3;

const call = (context: ResourceContext, operation: string, input: unknown) =>
  context.call('ecs', operation, input);

const cluster: ResourceProvider = {
  properties: ['ClusterName', 'Tags'],
  ignored: [
    'CapacityProviders',
    'ClusterSettings',
    'Configuration',
    'DefaultCapacityProviderStrategy',
    'ServiceConnectDefaults',
  ],
  create: async (properties, context) => {
    const answer = await call(context, 'CreateCluster', {
      clusterName: properties.ClusterName ?? context.physicalName(255),
      tags: apiMembers(properties.Tags),
    });
    const { clusterName, clusterArn } = answer.cluster;
    return { ref: clusterName, attributes: { Arn: clusterArn } };
  },
};

const taskDefinition: ResourceProvider = {
  properties: [
    'Family',
    'ContainerDefinitions',
    'TaskRoleArn',
    'ExecutionRoleArn',
    'NetworkMode',
    'RequiresCompatibilities',
    'Cpu',
    'Memory',
    'RuntimePlatform',
    'Volumes',
    'EphemeralStorage',
    'PidMode',
    'EnableFaultInjection',
    'Tags',
  ],
  ignored: ['PlacementConstraints', 'ProxyConfiguration'],
  create: async (properties, context) => {
    const input = apiMembers(properties);
    const answer = await call(context, 'RegisterTaskDefinition', {
      ...input,
      ...(input.cpu && { cpu: `${input.cpu}` }),
      ...(input.memory && { memory: `${input.memory}` }),
      family: input.family ?? context.physicalName(255),
    });
    const { taskDefinitionArn } = answer.taskDefinition;
    return { ref: taskDefinitionArn, attributes: { TaskDefinitionArn: taskDefinitionArn } };
  },
};

/** ECS's words about each task of a service that failed: it ended by itself, never started, or was never launched. */
const failuresOf = async (
  context: ResourceContext,
  of: Record<string, string>,
  events: readonly { readonly message: string }[],
): Promise<readonly string[]> => {
  const { taskArns } = await call(context, 'ListTasks', {
    cluster: of.cluster,
    serviceName: of.service,
    desiredStatus: 'STOPPED',
  });
  const { tasks } = await call(context, 'DescribeTasks', { cluster: of.cluster, tasks: taskArns });
  return [
    ...tasks
      .filter(({ stopCode }: any) => stopCode !== 'ServiceSchedulerInitiated')
      .map(({ stoppedReason }: any) => stoppedReason),
    ...events.flatMap(({ message }) => (/ failed to launch a task /.test(message) ? message : [])),
  ];
};

/** Waits until every task set of a service is steady. Throws an Error with ECS's words if its tasks keep failing. */
const untilSteady = async (clock: Clock, context: ResourceContext, of: Record<string, string>) => {
  for (;;) {
    const { services } = await call(context, 'DescribeServices', {
      cluster: of.cluster,
      services: [of.service],
    });
    const [{ desiredCount, runningCount, taskSets, deployments, events }] = services;
    const steady =
      taskSets.every(({ stabilityStatus }: any) => stabilityStatus === 'STEADY_STATE') &&
      deployments.every(({ rolloutState }: any) => rolloutState === 'COMPLETED');
    if (steady && runningCount >= desiredCount) return;

    const failures = await failuresOf(context, of, events);
    if (failures.length >= patience) throw new Error(`Service ${of.service}: ${failures[0]}`);
    await clock.sleep(lookAt);
  }
};

const service = (clock: Clock): ResourceProvider => ({
  properties: [
    'Cluster',
    'ServiceName',
    'TaskDefinition',
    'DesiredCount',
    'LaunchType',
    'CapacityProviderStrategy',
    'LoadBalancers',
    'NetworkConfiguration',
    'DeploymentController',
    'DeploymentConfiguration',
    'HealthCheckGracePeriodSeconds',
    'PlatformVersion',
    'PropagateTags',
    'EnableECSManagedTags',
    'EnableExecuteCommand',
    'SchedulingStrategy',
    'Tags',
  ],
  ignored: ['AvailabilityZoneRebalancing', 'PlacementStrategies'],
  create: async (properties, context) => {
    const input = apiMembers(properties);
    const answer = await call(context, 'CreateService', {
      ...input,
      serviceName: input.serviceName ?? context.physicalName(255),
      desiredCount: Number(input.desiredCount ?? 1),
    });
    const { serviceArn, serviceName } = answer.service;
    await untilSteady(clock, context, { cluster: input.cluster, service: serviceName });
    return { ref: serviceArn, attributes: { Name: serviceName, ServiceArn: serviceArn } };
  },
});

/** Capacity is this machine, whatever its provider is called. */
const capacityProviders: ResourceProvider = {
  properties: [],
  ignored: ['Cluster', 'CapacityProviders', 'DefaultCapacityProviderStrategy'],
  create: async (properties) => ({ ref: properties.Cluster }),
};

/** CloudFormation's types of ECS. */
export const resources = (clock: Clock): Readonly<Record<string, ResourceProvider>> => ({
  'AWS::ECS::Cluster': cluster,
  'AWS::ECS::TaskDefinition': taskDefinition,
  'AWS::ECS::Service': service(clock),
  'AWS::ECS::ClusterCapacityProviderAssociations': capacityProviders,
});
