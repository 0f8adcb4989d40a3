import type { Cloud } from '../../cloud.ts';
import { isUnlaunched, type ServiceEvents } from './service-events.ts';
import type { EcsService, State, Task, TaskSet } from './state.ts';
import { requestStop } from './task-life.ts';
import type { TaskTargets } from './task-targets.ts';

/** A task that ends sooner than this after its creation has failed (ms of service time). */
const soon = 60_000;
/** Back-off after the first failure in a row; it doubles up to the 27 minutes that AWS documents (ms). */
const firstBackOff = 10_000;
const longestBackOff = 27 * 60_000;
/** How often the health of a service's targets is looked at (ms of service time). */
const lookAt = 10_000;

/** How many tasks a task set should run: its share of the service's count, rounded up. */
export const computedDesiredCount = ({ service, scale, status }: TaskSet): number =>
  status === 'DRAINING' ? 0 : Math.ceil((service.desiredCount * (scale.value ?? 100)) / 100);

/** Tasks that count towards a task set: those that nobody has asked to stop. */
export const wanted = ({ tasks }: TaskSet): Task[] =>
  [...tasks].filter(({ desiredStatus }) => desiredStatus === 'RUNNING');

/** Tasks of a task set that are up. */
export const running = (taskSet: TaskSet): Task[] =>
  wanted(taskSet).filter(({ lastStatus }) => lastStatus === 'RUNNING');

/** Keeps every task set at its count, replaces what ends or is unhealthy, and takes drained sets away. */
export const taskScheduler = (
  cloud: Cloud,
  state: State,
  live: (task: Task) => Promise<void>,
  targets: TaskTargets,
  events: ServiceEvents,
) => {
  const { clock } = cloud;
  let closed = false;

  const newTask = (taskSet: TaskSet): Task => {
    const { cluster } = taskSet.service;
    const id = cloud.id(32, '0123456789abcdef');
    return {
      id,
      arn: `arn:aws:ecs:${cluster.region}:${cloud.account}:task/${cluster.name}/${id}`,
      cluster,
      taskSet,
      definition: taskSet.definition,
      createdAt: new Date(clock.now()),
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      startedAt: undefined,
      stoppingAt: undefined,
      stoppedAt: undefined,
      stoppedReason: undefined,
      stopCode: undefined,
      addresses: new Map(),
      digests: new Map(),
      exitCodes: new Map(),
      output: [],
      stop: Promise.withResolvers(),
    };
  };

  const start = (taskSet: TaskSet, count: number) => {
    const tasks = Array.from({ length: count }, () => newTask(taskSet));
    if (count > 0) events.started(taskSet, tasks);
    for (const task of tasks) {
      taskSet.tasks.add(task);
      state.of(task.cluster.region).tasks.set(task.arn, task);
      // The replacement is decided as soon as a task is going, not when it has gone.
      void task.stop.promise.then(() => leaving(task));
      void live(task).then(() => gone(task));
    }
  };

  const leaving = (task: Task) => {
    const { taskSet } = task;
    const failed =
      task.stopCode === 'EssentialContainerExited' || task.stopCode === 'TaskFailedToStart';
    if (clock.now() - task.createdAt.getTime() >= soon) taskSet.failures = 0;
    else if (failed) taskSet.failures += 1;
    if (failed) events.failed(taskSet, task);
    if (isUnlaunched(task)) state.of(task.cluster.region).tasks.delete(task.arn);
    reconcile(taskSet);
  };

  const gone = (task: Task) => {
    const { taskSet } = task;
    taskSet.tasks.delete(task);
    const { taskSets } = taskSet.service;
    if (taskSet.status !== 'DRAINING' || taskSet.tasks.size > 0) return;
    if (taskSets.includes(taskSet)) taskSets.splice(taskSets.indexOf(taskSet), 1);
  };

  /** Starts what is missing, after the back-off if tasks keep failing, and stops what is too much. */
  const reconcile = (taskSet: TaskSet) => {
    if (closed) return;
    const tasks = wanted(taskSet);
    const surplus = tasks.length - computedDesiredCount(taskSet);
    for (const task of tasks.slice(0, Math.max(0, surplus))) {
      requestStop(
        cloud,
        task,
        'ServiceSchedulerInitiated',
        `Scaling activity initiated by (deployment ${taskSet.id})`,
      );
    }
    if (surplus >= 0) {
      taskSet.retry?.cancel();
      taskSet.retry = undefined;
    } else if (taskSet.failures === 0) {
      start(taskSet, -surplus);
    } else {
      const backOff = Math.min(firstBackOff * 2 ** (taskSet.failures - 1), longestBackOff);
      taskSet.retry ??= clock.after(backOff, () => {
        taskSet.retry = undefined;
        if (closed) return;
        start(taskSet, Math.max(0, computedDesiredCount(taskSet) - wanted(taskSet).length));
      });
    }
  };

  const replaceUnhealthy = async (taskSet: TaskSet) => {
    const patience = taskSet.service.healthCheckGracePeriodSeconds * 1000;
    for (const [task, states] of await targets.health(taskSet)) {
      const age = clock.now() - (task.startedAt?.getTime() ?? clock.now());
      if (!states.includes('unhealthy') || age < patience) continue;
      const { targetGroupArn = '', containerPort = 0 } = taskSet.loadBalancers[0] ?? {};
      const reason = `Task failed ELB health checks in (target-group ${targetGroupArn})`;
      events.unhealthy(taskSet, task, containerPort, targetGroupArn);
      requestStop(cloud, task, 'ServiceSchedulerInitiated', reason);
    }
  };

  /** Looks after the health of a service's tasks for as long as the service is active. */
  const monitor = (service: EcsService) => {
    if (closed || service.status !== 'ACTIVE') return;
    service.monitor = clock.after(lookAt, async () => {
      await Promise.all(service.taskSets.map(replaceUnhealthy)).catch(() => undefined);
      monitor(service);
    });
  };

  return {
    reconcile,
    monitor,
    close: () => {
      closed = true;
      for (const region of state.all()) {
        for (const service of region.services.values()) {
          service.monitor?.cancel();
          for (const { retry } of service.taskSets) retry?.cancel();
        }
      }
    },
  };
};

/** What `taskScheduler` makes. */
export type TaskScheduler = ReturnType<typeof taskScheduler>;
