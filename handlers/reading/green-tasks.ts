import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import type { TargetRecord } from '../../core/record.ts';

const ecs = new ECSClient();

/** Digests of the images that the running tasks of one deployment's task set really run. */
export const readGreenTasks = async (
  { registration }: TargetRecord,
  deploymentId: string,
): Promise<{ readonly digests: readonly (string | undefined)[] }> => {
  if (registration.kind !== 'ecs') return { digests: [] };
  const { cluster, service, container } = registration;
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  const green = services[0]?.taskSets?.find(({ externalId }) => externalId === deploymentId);
  const { taskArns = [] } = await ecs.send(
    new ListTasksCommand({ cluster, startedBy: green?.id, desiredStatus: 'RUNNING' }),
  );
  if (!green || taskArns.length === 0) return { digests: [] };
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  return {
    digests: tasks.map(
      ({ containers = [] }) => containers.find(({ name }) => name === container)?.imageDigest,
    ),
  };
};
