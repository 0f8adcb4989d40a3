import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ListenerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ServiceReading } from '../../core/checks/service.ts';
import type { EcsTarget } from '../../core/target.ts';

const ecs = new ECSClient();
const balancer = new ElasticLoadBalancingV2Client();

const listenerOf = async (arn: string) => {
  try {
    const { Listeners = [] } = await balancer.send(
      new DescribeListenersCommand({ ListenerArns: [arn] }),
    );
    return Listeners[0];
  } catch (error) {
    if (error instanceof ListenerNotFoundException) return undefined;
    throw error;
  }
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

/** Reads what really serves users: service, running task definition, listeners and target health. */
export const readService = async (target: EcsTarget): Promise<ServiceReading> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: target.cluster, services: [target.service] }),
  );
  const service = services.find(({ status }) => status === 'ACTIVE');
  const [production, test] = await Promise.all([
    listenerOf(target.productionListener),
    listenerOf(target.testListener),
  ]);
  const forward = production?.DefaultActions?.find(({ Type }) => Type === 'forward');
  const weights = (
    forward?.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: forward?.TargetGroupArn, Weight: 1 }]
  ).map(({ TargetGroupArn = '', Weight = 1 }) => ({ targetGroup: TargetGroupArn, weight: Weight }));
  const serving = weights.find(({ weight }) => weight > 0)?.targetGroup;
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
    weights,
    testListenerExists: test !== undefined,
    healthy: serving ? await healthyIn(serving) : 0,
    containers: await containersOf(
      taskSets.find(({ status }) => status === 'PRIMARY')?.taskDefinition,
    ),
  };
};
