import type {
  CreateServiceRequest,
  DescribeServicesRequest,
  ListServicesRequest,
  UpdateServiceRequest,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { describeService } from './describe.ts';
import { activeTaskDefinition, clusterOf, findService, serviceOf } from './lookup.ts';
import { newTaskSet } from './new-task-set.ts';
import { servicePaging } from './paging.ts';
import type { TaskScheduler } from './scheduler.ts';
import type { ServiceEvents } from './service-events.ts';
import { refreshStability } from './stability.ts';
import type { EcsService, State } from './state.ts';
import type { TaskTargets } from './task-targets.ts';

/** Services in one call of DescribeServices. */
const MOST_DESCRIBED = 10;

const invalid = (message: string) => new AwsError('InvalidParameterException', message);

/** Members of an update that a service keeps and shows, whatever its controller; they have no effect here. */
const keptSettings = [
  'deploymentConfiguration',
  'placementConstraints',
  'placementStrategy',
  'enableECSManagedTags',
  'propagateTags',
  'enableExecuteCommand',
] as const;

/** Tasks of a service at most (ECS quota). */
const MOST_TASKS = 5_000;

const checkDesiredCount = ({ desiredCount = 0 }: CreateServiceRequest | UpdateServiceRequest) => {
  if (Number.isInteger(desiredCount) && desiredCount >= 0 && desiredCount <= MOST_TASKS) return;
  throw invalid(
    `desiredCount must be a whole number from 0 to ${MOST_TASKS}, not ${desiredCount}.`,
  );
};

const settingsOf = (input: CreateServiceRequest | UpdateServiceRequest) =>
  Object.fromEntries(
    keptSettings.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]),
  );

/** What only a deployment may change, and how AWS names it in its refusal. */
const deployed = {
  taskDefinition: 'task definition',
  networkConfiguration: 'network parameters',
  platformVersion: 'platform version',
  loadBalancers: 'load balancers',
  forceNewDeployment: 'deployment',
} as const;

const refuseDeployment = (service: EcsService, input: UpdateServiceRequest) => {
  for (const [member, noun] of Object.entries(deployed)) {
    const value = input[member as keyof typeof deployed];
    if (value === undefined || value === false) continue;
    if (service.controller === 'ECS') {
      throw invalid(`A new ${noun} is a rolling update, which is not part of this sandbox.`);
    }
    const controller = `services with a ${service.controller} deployment controller`;
    const instead =
      service.controller === 'CODE_DEPLOY'
        ? 'Use AWS CodeDeploy to trigger a new deployment.'
        : 'Create a new task set instead.';
    throw invalid(
      member === 'forceNewDeployment'
        ? `Cannot force a new deployment on ${controller}. ${instead}`
        : `Unable to update ${noun} on ${controller}. ${instead}`,
    );
  }
};

/** Operations on services. */
export const serviceOperations = (
  cloud: Cloud,
  state: State,
  scheduler: TaskScheduler,
  targets: TaskTargets,
  events: ServiceEvents,
): Record<string, Operation> => {
  /** A target group without a load balancer would never tell whether a task is well. */
  const checkTargetGroups = async (region: string, input: CreateServiceRequest) => {
    for (const { targetGroupArn } of input.loadBalancers ?? []) {
      const answer = await cloud
        .call({
          principal: { kind: 'service', service: 'ecs.amazonaws.com' },
          region,
          service: 'elasticloadbalancing',
          operation: 'DescribeTargetGroups',
          input: { TargetGroupArns: [targetGroupArn] },
        })
        .catch((error) => {
          throw invalid(error.message);
        });
      if (answer.TargetGroups[0].LoadBalancerArns.length > 0) continue;
      throw invalid(
        `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
      );
    }
  };

  return {
    CreateService: async (input: CreateServiceRequest, { region: name }: Caller) => {
      const region = state.of(name);
      const cluster = clusterOf(region, input.cluster);
      const serviceName = input.serviceName ?? '';
      if (findService(region, cluster, serviceName)?.status === 'ACTIVE') {
        throw invalid('Creation of service was not idempotent.');
      }
      const controller = input.deploymentController?.type ?? 'ECS';
      if (input.schedulingStrategy === 'DAEMON') {
        throw invalid('The daemon scheduling strategy is not part of this sandbox.');
      }
      checkDesiredCount(input);
      await checkTargetGroups(name, input);

      const service: EcsService = {
        arn: `arn:aws:ecs:${name}:${cloud.account}:service/${cluster.name}/${serviceName}`,
        name: serviceName,
        cluster,
        controller,
        input,
        createdAt: new Date(cloud.clock.now()),
        status: 'ACTIVE',
        desiredCount: input.desiredCount ?? 0,
        healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
        settings: settingsOf(input),
        taskSets: [],
        events: [],
        monitor: undefined,
      };
      if (controller !== 'EXTERNAL') {
        service.taskSets.push(
          newTaskSet(cloud, service, {
            definition: activeTaskDefinition(region, input.taskDefinition),
            loadBalancers: input.loadBalancers ?? [],
            networkConfiguration: input.networkConfiguration,
            launchType: input.launchType,
            capacityProviderStrategy: input.capacityProviderStrategy,
            platformVersion: input.platformVersion,
            externalId: undefined,
            scale: { value: 100, unit: 'PERCENT' },
            status: 'PRIMARY',
            tags: [],
          }),
        );
      }
      region.services.set(service.arn, service);
      if (input.tags) region.tags.set(service.arn, [...input.tags]);
      service.taskSets.forEach(scheduler.reconcile);
      scheduler.monitor(service);
      return { service: describeService(service, input.tags) };
    },

    DescribeServices: async (input: DescribeServicesRequest, { region: name }: Caller) => {
      const region = state.of(name);
      const cluster = clusterOf(region, input.cluster);
      const services = [];
      const failures = [];
      const asked = input.services ?? [];
      if (asked.length === 0) throw invalid('Services cannot be empty.');
      if (asked.length > MOST_DESCRIBED) {
        throw invalid(`At most ${MOST_DESCRIBED} services can be described at once.`);
      }
      for (const wanted of asked) {
        const service = findService(region, cluster, wanted);
        if (!service) {
          const arn = wanted.startsWith('arn:')
            ? wanted
            : `arn:aws:ecs:${name}:${cloud.account}:service/${cluster.name}/${wanted}`;
          failures.push({ arn, reason: 'MISSING' });
          continue;
        }
        await refreshStability(cloud, service.taskSets, targets, events);
        const tags = region.tags.get(service.arn) ?? [];
        services.push(describeService(service, input.include?.includes('TAGS') ? tags : undefined));
      }
      return { services, failures };
    },

    ListServices: (input: ListServicesRequest, { region: name }: Caller) => {
      const region = state.of(name);
      const cluster = clusterOf(region, input.cluster);
      const services = [...region.services.values()].filter(
        (service) => service.cluster === cluster && service.status === 'ACTIVE',
      );
      const { items, next } = page(servicePaging, services, input);
      return { serviceArns: items.map(({ arn }) => arn), ...next };
    },

    UpdateService: (input: UpdateServiceRequest, { region: name }: Caller) => {
      const region = state.of(name);
      const service = serviceOf(region, input.cluster, input.service);
      refuseDeployment(service, input);
      checkDesiredCount(input);
      service.desiredCount = input.desiredCount ?? service.desiredCount;
      service.healthCheckGracePeriodSeconds =
        input.healthCheckGracePeriodSeconds ?? service.healthCheckGracePeriodSeconds;
      Object.assign(service.settings, settingsOf(input));
      service.taskSets.forEach(scheduler.reconcile);
      return { service: describeService(service, region.tags.get(service.arn)) };
    },
  };
};
