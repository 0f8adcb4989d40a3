import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../core/target.ts';

const ecs = new ECSClient();

/** The image that the users of a service reach, as its task definition names it; empty when it has none. */
export const runningImage = async ({ cluster, service, container }: EcsTarget): Promise<string> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  const primary = services[0]?.taskSets?.find(({ status }) => status === 'PRIMARY');
  if (!primary?.taskDefinition) return '';
  const { taskDefinition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: primary.taskDefinition }),
  );
  return taskDefinition?.containerDefinitions?.find(({ name }) => name === container)?.image ?? '';
};
