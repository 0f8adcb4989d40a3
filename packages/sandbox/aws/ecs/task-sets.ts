import type {
  CreateTaskSetRequest,
  DeleteTaskSetRequest,
  DescribeTaskSetsRequest,
  UpdateServicePrimaryTaskSetRequest,
  UpdateTaskSetRequest,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { describeTaskSet } from './describe.ts';
import { activeTaskDefinition, names, serviceOf, taskSetOf } from './lookup.ts';
import { newTaskSet } from './new-task-set.ts';
import { computedDesiredCount, type TaskScheduler } from './scheduler.ts';
import type { ServiceEvents } from './service-events.ts';
import { refreshStability } from './stability.ts';
import type { EcsService, State, TaskSet } from './state.ts';
import type { TaskTargets } from './task-targets.ts';

const invalid = (message: string) => new AwsError('InvalidParameterException', message);

const refuseRolling = ({ controller }: EcsService) => {
  if (controller !== 'ECS') return;
  throw invalid(
    'Task sets can only be used with services that have an EXTERNAL or CODE_DEPLOY deployment controller.',
  );
};

/** Operations on task sets, the two sides of a blue/green deployment. */
export const taskSetOperations = (
  cloud: Cloud,
  state: State,
  scheduler: TaskScheduler,
  targets: TaskTargets,
  events: ServiceEvents,
): Record<string, Operation> => {
  const touch = (taskSet: TaskSet) => {
    taskSet.updatedAt = new Date(cloud.clock.now());
    return { taskSet: describeTaskSet(taskSet) };
  };
  const find = (
    input: { cluster?: string | undefined; service?: string | undefined },
    taskSet: string | undefined,
    { region }: Caller,
  ) => {
    const service = serviceOf(state.of(region), input.cluster, input.service);
    return { service, taskSet: taskSetOf(service, taskSet) };
  };

  return {
    CreateTaskSet: (input: CreateTaskSetRequest, { region: name }: Caller) => {
      const region = state.of(name);
      const service = serviceOf(region, input.cluster, input.service);
      refuseRolling(service);
      const primary = service.taskSets.find(({ status }) => status === 'PRIMARY');
      const taskSet = newTaskSet(cloud, service, {
        definition: activeTaskDefinition(region, input.taskDefinition),
        loadBalancers: input.loadBalancers ?? [],
        networkConfiguration: input.networkConfiguration ?? primary?.networkConfiguration,
        launchType: input.launchType,
        capacityProviderStrategy: input.capacityProviderStrategy,
        platformVersion: input.platformVersion,
        externalId: input.externalId,
        scale: input.scale ?? { value: 0, unit: 'PERCENT' },
        status: 'ACTIVE',
        tags: input.tags ?? [],
      });
      service.taskSets.push(taskSet);
      scheduler.reconcile(taskSet);
      return { taskSet: describeTaskSet(taskSet) };
    },

    DescribeTaskSets: async (input: DescribeTaskSetsRequest, { region }: Caller) => {
      const service = serviceOf(state.of(region), input.cluster, input.service);
      const wanted = input.taskSets ?? service.taskSets.map(({ id }) => id);
      const found = service.taskSets.filter((taskSet) => wanted.some((id) => names(taskSet, id)));
      await refreshStability(cloud, found, targets, events);
      return {
        taskSets: found.map(describeTaskSet),
        failures: wanted
          .filter((id) => !found.some((taskSet) => names(taskSet, id)))
          .map((arn) => ({ arn, reason: 'MISSING' })),
      };
    },

    UpdateTaskSet: (input: UpdateTaskSetRequest, caller: Caller) => {
      const { taskSet } = find(input, input.taskSet, caller);
      taskSet.scale = input.scale ?? taskSet.scale;
      scheduler.reconcile(taskSet);
      return touch(taskSet);
    },

    UpdateServicePrimaryTaskSet: (input: UpdateServicePrimaryTaskSetRequest, caller: Caller) => {
      const { service, taskSet } = find(input, input.primaryTaskSet, caller);
      if (taskSet.status === 'DRAINING') throw invalid('The task set is being deleted.');
      for (const other of service.taskSets) if (other.status === 'PRIMARY') other.status = 'ACTIVE';
      taskSet.status = 'PRIMARY';
      return touch(taskSet);
    },

    DeleteTaskSet: (input: DeleteTaskSetRequest, caller: Caller) => {
      const { service, taskSet } = find(input, input.taskSet, caller);
      if (taskSet.status === 'PRIMARY') throw invalid('The primary task set cannot be deleted.');
      if (!input.force && computedDesiredCount(taskSet) > 0) {
        throw invalid(
          'The task set must be scaled to zero before it can be deleted without force.',
        );
      }
      taskSet.status = 'DRAINING';
      taskSet.retry?.cancel();
      scheduler.reconcile(taskSet);
      if (taskSet.tasks.size === 0) service.taskSets.splice(service.taskSets.indexOf(taskSet), 1);
      return touch(taskSet);
    },
  };
};
