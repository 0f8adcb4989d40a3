import { DescribeTasksCommand, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { ecs } from '../../aws/ecs.ts';

/** Tasks of a task set that have ended; ECS shows those of the last hour, and a hundred at a time. */
export const stoppedTasks = async (
  cluster: string,
  taskSet: string | undefined,
): Promise<readonly Task[]> => {
  if (taskSet === undefined) return [];
  const { taskArns = [] } = await ecs.send(
    new ListTasksCommand({ cluster, startedBy: taskSet, desiredStatus: 'STOPPED' }),
  );
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  return tasks;
};

/** How ECS says that a container ended which it did not end. */
export const endedByItself = ({ stopCode }: Task): boolean =>
  stopCode === 'EssentialContainerExited';

/** The task that ended last. */
export const lastOf = (tasks: readonly Task[]): Task | undefined =>
  tasks.toSorted((a, b) => (a.stoppedAt?.getTime() ?? 0) - (b.stoppedAt?.getTime() ?? 0)).at(-1);

/** Exit code of the container that ended a task. */
export const exitCodeOf = ({ containers = [] }: Task): number | undefined =>
  containers.find(({ exitCode }) => exitCode !== undefined)?.exitCode;
