import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { ecs } from '../../aws/ecs.ts';

/** The task definition that the users of a service reach; undefined when it has no primary task set. */
export const runningDefinition = async ({
  cluster,
  service,
}: EcsTarget): Promise<TaskDefinition | undefined> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  const primary = services[0]?.taskSets?.find(({ status }) => status === 'PRIMARY');
  if (!primary?.taskDefinition) return undefined;
  const { taskDefinition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: primary.taskDefinition }),
  );
  return taskDefinition;
};
