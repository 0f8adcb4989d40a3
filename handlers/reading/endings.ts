import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import type { Endings } from '../../core/judging/endings.ts';
import type { TargetRecord } from '../../core/record.ts';

const ecs = new ECSClient();

/** How ECS says that a container ended which it did not end. */
const BY_ITSELF = 'EssentialContainerExited';

/** Tasks of a task set that ended by themselves; ECS tells of the last hour, and of a hundred at a time. */
const endedIn = async (
  cluster: string,
  taskSet: string | undefined,
  since: string,
): Promise<readonly Task[]> => {
  if (taskSet === undefined) return [];
  const { taskArns = [] } = await ecs.send(
    new ListTasksCommand({ cluster, startedBy: taskSet, desiredStatus: 'STOPPED' }),
  );
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  return tasks.filter(
    ({ stopCode, stoppedAt }) =>
      stopCode === BY_ITSELF && (stoppedAt === undefined || stoppedAt >= new Date(since)),
  );
};

const whyOf = ({ stoppedReason = '', containers = [] }: Task): string => {
  const code = containers.find(({ exitCode }) => exitCode !== undefined)?.exitCode;
  return `${stoppedReason}${code === undefined ? '' : `, exit code ${code}`}`;
};

/** Reads how many tasks of each side of a service ended by themselves since a moment; undefined for what is no service. */
export const readEndings = async (
  { registration, forward }: TargetRecord,
  since: string,
): Promise<Endings | undefined> => {
  if (registration.kind !== 'ecs' || forward === undefined) return undefined;
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
  const last = ofGreen!
    .toSorted((a, b) => (a.stoppedAt?.getTime() ?? 0) - (b.stoppedAt?.getTime() ?? 0))
    .at(-1);
  return {
    green: ofGreen!.length,
    blue: ofBlue!.length,
    ...(last ? { why: whyOf(last) } : {}),
  };
};
