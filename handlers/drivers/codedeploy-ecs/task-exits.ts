import { DescribeServicesCommand, type Task } from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import type { TaskExits } from '../../../core/judge/task-exits.ts';
import { ecs } from '../../aws/ecs.ts';

import { endedByItself, exitCodeOf, lastOf, stoppedTasks } from './stopped-tasks.ts';

/** Tasks of a task set that ended by themselves since a moment. */
const endedIn = async (
  cluster: string,
  taskSet: string | undefined,
  since: string,
): Promise<readonly Task[]> =>
  (await stoppedTasks(cluster, taskSet)).filter(
    (task) =>
      endedByItself(task) && (task.stoppedAt === undefined || task.stoppedAt >= new Date(since)),
  );

const whyOf = (task: Task): string => {
  const code = exitCodeOf(task);
  return `${task.stoppedReason ?? ''}${code === undefined ? '' : `, exit code ${code}`}`;
};

/** Reads how many tasks of each side of a service ended by themselves since a moment; undefined before its deployment. */
export const readTaskExits = async (
  {
    registration,
    forward,
  }: { readonly registration: EcsTarget; readonly forward?: string | undefined },
  since: string,
): Promise<TaskExits | undefined> => {
  if (forward === undefined) return undefined;
  const { cluster, service } = registration;
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  const taskSets = services[0]?.taskSets ?? [];
  const green = taskSets.find(({ externalId }) => externalId === forward);
  const blue = taskSets.find((one) => one !== green && one.status !== 'DRAINING');
  const [ofGreen, ofBlue] = await Promise.all(
    [green, blue].map((one) => endedIn(cluster, one?.id, since)),
  );
  const last = lastOf(ofGreen!);
  return {
    green: ofGreen!.length,
    blue: ofBlue!.length,
    ...(last ? { why: whyOf(last) } : {}),
  };
};
