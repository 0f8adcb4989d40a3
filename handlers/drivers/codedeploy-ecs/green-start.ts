import type { Service, ServiceEvent, Task, TaskSet } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { GreenReading } from '../../../core/record/green-start.ts';
import { oneLine } from '../../../core/text/one-line.ts';
import { elasticloadbalancing as balancer } from '../../aws/elasticloadbalancing.ts';
import { endedByItself, exitCodeOf, lastOf, stoppedTasks } from './stopped-tasks.ts';

/** A group that no listener forwards to is not checked: its targets are `unused`, and hold nobody up. */
const TAKEN: readonly string[] = ['healthy', 'unused'];

/** Longest sentence of ECS that a record keeps, in characters. */
const LONGEST_WORDS = 400;

/** States of the targets of a task set; undefined where it has no group. */
const statesIn = async ({ loadBalancers = [] }: TaskSet): Promise<string[] | undefined> => {
  const TargetGroupArn = loadBalancers[0]?.targetGroupArn;
  if (TargetGroupArn === undefined) return undefined;
  const { TargetHealthDescriptions = [] } = await balancer.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State ?? '');
};

const neverRan = ({ stopCode }: Task): boolean => stopCode === 'TaskFailedToStart';

/** ECS ends a task that fails the checks of its container or of the load balancer by its scheduler. */
const wasUnhealthy = ({ stopCode, stoppedReason = '' }: Task): boolean =>
  stopCode === 'ServiceSchedulerInitiated' && /failed .*health checks/i.test(stoppedReason);

/** Whether ECS could not get as far as a task of this set (developer guide, "Service event messages"). */
const isUnplaced =
  ({ id = '', createdAt }: TaskSet) =>
  ({ message = '', createdAt: at }: ServiceEvent): boolean =>
    / (was unable to place a task|failed to launch a task) ?/.test(message) &&
    (!message.includes(', taskSet ') || message.includes(id)) &&
    (at === undefined || createdAt === undefined || at >= createdAt);

const wordsOf = (task: Task | undefined, event: ServiceEvent | undefined): string => {
  // What ECS says of the container is nearer to the cause, for example that its memory was not enough.
  const reason = task?.containers?.find((one) => one.reason)?.reason;
  const said = task?.stoppedReason ?? event?.message ?? '';
  return oneLine(reason && !said.includes(reason) ? `${said} (${reason})` : said, LONGEST_WORDS);
};

/** Reads how the tasks of green come up; newest events of a service come first. */
export const readGreenStart = async (service: Service, green: TaskSet): Promise<GreenReading> => {
  const [stopped, states] = await Promise.all([
    stoppedTasks(service.clusterArn ?? '', green.id),
    statesIn(green),
  ]);
  const running = green.runningCount ?? 0;
  // Without a group nothing checks them.
  const countOf = (taken: readonly string[]) =>
    states ? Math.min(running, states.filter((state) => taken.includes(state)).length) : running;
  const failed = stopped.filter(
    (task) => endedByItself(task) || neverRan(task) || wasUnhealthy(task),
  );
  const unplaced = (service.events ?? []).filter(isUnplaced(green));
  const exited = failed.filter(endedByItself);
  const exitCode = exitCodeOf(lastOf(exited) ?? {});
  const why = wordsOf(lastOf(failed), unplaced[0]);
  return {
    desired: green.computedDesiredCount ?? 0,
    running,
    healthy: countOf(TAKEN),
    checked: countOf(['healthy']),
    exited: exited.length,
    unstarted: failed.filter(neverRan).length,
    unhealthy: failed.filter(wasUnhealthy).length,
    unplaced: unplaced.length,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(why ? { why } : {}),
  };
};
