import { DescribeServicesCommand, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { sharesOf } from '../../../core/drivers/codedeploy-ecs/forwarding.ts';
import type {
  ListenerReading,
  ServiceReading,
} from '../../../core/drivers/codedeploy-ecs/service.ts';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { ecs } from '../../aws/ecs.ts';
import { elasticloadbalancing as balancer } from '../../aws/elasticloadbalancing.ts';
import { readActions, readProtocol } from './listener.ts';

const listenerOf = async (arn: string): Promise<ListenerReading | undefined> => {
  const protocol = await readProtocol(arn);
  return protocol === undefined ? undefined : { protocol, actions: await readActions(arn) };
};

const healthyIn = async (targetGroup: string): Promise<number> => {
  const { TargetHealthDescriptions = [] } = await balancer.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }),
  );
  return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy')
    .length;
};

const containersOf = async (
  taskDefinition: string | undefined,
): Promise<ServiceReading['containers']> => {
  if (!taskDefinition) return [];
  const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return (described.taskDefinition?.containerDefinitions ?? []).map(
    ({ name = '', portMappings = [] }) => ({
      name,
      ports: portMappings.flatMap(({ containerPort }) => containerPort ?? []),
    }),
  );
};

/** Reads what really serves users: service, running task definition, listeners with their rules, and target health. */
export const readService = async (target: EcsTarget): Promise<ServiceReading> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: target.cluster, services: [target.service] }),
  );
  const service = services.find(({ status }) => status === 'ACTIVE');
  const [production, test] = await Promise.all([
    listenerOf(target.productionListener),
    listenerOf(target.testListener),
  ]);
  const shares = sharesOf(production?.actions ?? [], target.targetGroups);
  const serving = [...shares].find(([, share]) => share > 0)?.[0];
  const taskSets = (service?.taskSets ?? []).filter(({ status }) => status !== 'DRAINING');
  return {
    exists: service !== undefined,
    controller: service?.deploymentController?.type ?? 'ECS',
    desired: service?.desiredCount ?? 0,
    taskSets: taskSets.map(({ status = '', runningCount = 0, loadBalancers = [] }) => ({
      status,
      running: runningCount,
      targetGroup: loadBalancers[0]?.targetGroupArn ?? '',
    })),
    production,
    test,
    healthy: serving ? await healthyIn(serving) : 0,
    containers: await containersOf(
      taskSets.find(({ status }) => status === 'PRIMARY')?.taskDefinition,
    ),
  };
};
