/** What ECS writes into the events of a service, in its own words (developer guide, "Service event messages"). */
import type { Cloud } from '../../cloud.ts';
import type { EcsService, Task, TaskSet } from './state.ts';

/** AWS keeps the last 100 events of a service. */
const keptEvents = 100;

/** Tasks that fail in a row before ECS says that it cannot start any. The number is documented nowhere. */
const impaired = 3;

/** Begins an end that AWS knows before there is a task: no task is ever shown then, only an event. */
export const UNLAUNCHED = 'ECS was unable to assume the role';

/** Whether ECS could not even launch the task. */
export const isUnlaunched = ({ stoppedReason }: Task): boolean =>
  stoppedReason?.startsWith(UNLAUNCHED) === true;

const add = (cloud: Cloud, { events }: EcsService, message: string): void => {
  events.unshift({
    id: cloud.id(32, '0123456789abcdef'),
    createdAt: new Date(cloud.clock.now()),
    message,
  });
  if (events.length > keptEvents) events.pop();
};

/** A rolling service has one set of tasks, so its events name none. */
const subject = ({ service, id }: TaskSet): string =>
  service.controller === 'ECS'
    ? `(service ${service.name})`
    : `(service ${service.name}, taskSet ${id})`;

const names = (tasks: readonly Task[]): string => tasks.map(({ id }) => `(task ${id})`).join(' ');

/** Writers of events of one cloud. */
export const serviceEvents = (cloud: Cloud) => ({
  started: (taskSet: TaskSet, tasks: readonly Task[]): void =>
    add(
      cloud,
      taskSet.service,
      `${subject(taskSet)} has started ${tasks.length} tasks: ${names(tasks)}.`,
    ),

  /** A task that failed; how one ended is shown by the task itself, never by an event. */
  failed: (taskSet: TaskSet, task: Task): void => {
    const about = subject(taskSet);
    if (isUnlaunched(task))
      add(
        cloud,
        taskSet.service,
        `${about} failed to launch a task with (error ${task.stoppedReason}).`,
      );
    if (taskSet.failures === impaired)
      add(
        cloud,
        taskSet.service,
        `(service ${taskSet.service.name}) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
      );
  },

  unhealthy: (taskSet: TaskSet, task: Task, port: number, targetGroup: string): void =>
    add(
      cloud,
      taskSet.service,
      `${subject(taskSet)} (task ${task.id}) (port ${port}) is unhealthy in (target-group ${targetGroup}) due to (reason Health checks failed).`,
    ),

  steady: (taskSet: TaskSet): void =>
    add(cloud, taskSet.service, `${subject(taskSet)} has reached a steady state.`),
});

/** What `serviceEvents` makes. */
export type ServiceEvents = ReturnType<typeof serviceEvents>;
