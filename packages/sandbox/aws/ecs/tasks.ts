import type { DescribeTasksRequest, ListTasksRequest, StopTaskRequest } from '@aws-sdk/client-ecs';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { describeTask } from './describe.ts';
import { clusterOf, findService, findTask } from './lookup.ts';
import { paging } from './paging.ts';
import type { State } from './state.ts';
import { requestStop } from './task-life.ts';

/** Operations on single tasks. */
export const taskOperations = (cloud: Cloud, state: State): Record<string, Operation> => ({
  ListTasks: (input: ListTasksRequest, { region: name }: Caller) => {
    const region = state.of(name);
    const cluster = clusterOf(region, input.cluster);
    const service = input.serviceName && findService(region, cluster, input.serviceName);
    if (input.serviceName && !service) {
      throw new AwsError('ServiceNotFoundException', 'Service not found.');
    }
    const { family, startedBy, desiredStatus = 'RUNNING' } = input;
    const tasks = [...region.tasks.values()].filter(
      (task) =>
        task.cluster === cluster &&
        task.desiredStatus === desiredStatus &&
        (!service || task.taskSet.service === service) &&
        (!family || task.definition.family === family) &&
        (!startedBy || task.taskSet.id === startedBy),
    );
    const { items, next } = page(paging, tasks, input);
    return { taskArns: items.map(({ arn }) => arn), ...next };
  },

  DescribeTasks: (input: DescribeTasksRequest, { region: name }: Caller) => {
    const region = state.of(name);
    const cluster = clusterOf(region, input.cluster);
    const tasks = [];
    const failures = [];
    for (const wanted of input.tasks ?? []) {
      const task = findTask(region, cluster, wanted);
      if (task) tasks.push(describeTask(task));
      else failures.push({ arn: wanted, reason: 'MISSING' });
    }
    return { tasks, failures };
  },

  StopTask: (input: StopTaskRequest, { region: name }: Caller) => {
    const region = state.of(name);
    const task = findTask(region, clusterOf(region, input.cluster), input.task ?? '');
    if (!task) {
      throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
    }
    requestStop(cloud, task, 'UserInitiated', input.reason ?? 'Task stopped by user');
    return { task: describeTask(task) };
  },
});
