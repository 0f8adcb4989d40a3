import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { ecs } from '../../aws/ecs.ts';

/** The task set of one deployment as it runs. */
interface GreenTasks {
  /** Digests of the images that its tasks really run. */
  readonly digests: readonly (string | undefined)[];
  readonly running: number;
  readonly desired: number;
  /** Tasks that serve users now. */
  readonly blue: number;
}

const NOTHING: GreenTasks = { digests: [], running: 0, desired: 0, blue: 0 };

/** Reads the tasks that a deployment has brought up. */
export const readGreenTasks = async (
  { cluster, service, container }: EcsTarget,
  deploymentId: string,
): Promise<GreenTasks> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  const { taskSets = [] } = services[0] ?? {};
  const green = taskSets.find(({ externalId }) => externalId === deploymentId);
  if (!green) return NOTHING;
  const counts = {
    running: green.runningCount ?? 0,
    desired: green.computedDesiredCount ?? 0,
    blue: taskSets.find(({ status }) => status === 'PRIMARY')?.runningCount ?? 0,
  };
  const { taskArns = [] } = await ecs.send(
    new ListTasksCommand({ cluster, startedBy: green.id, desiredStatus: 'RUNNING' }),
  );
  if (taskArns.length === 0) return { digests: [], ...counts };
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  return {
    ...counts,
    digests: tasks.map(
      ({ containers = [] }) => containers.find(({ name }) => name === container)?.imageDigest,
    ),
  };
};
