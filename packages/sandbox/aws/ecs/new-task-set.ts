import type {
  CapacityProviderStrategyItem,
  LoadBalancer,
  NetworkConfiguration,
  Scale,
  Tag,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../../aws-error.ts';
import type { Cloud } from '../../cloud.ts';
import type { EcsService, TaskSet } from './state.ts';

/** What differs between the task sets of a service. */
export interface TaskSetRequest {
  readonly definition: TaskDefinition;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly launchType: string | undefined;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[] | undefined;
  readonly platformVersion: string | undefined;
  readonly externalId: string | undefined;
  readonly scale: Scale;
  readonly status: 'PRIMARY' | 'ACTIVE';
  readonly tags: readonly Tag[];
}

/** Refuses a load balancer whose container or port the task definition doesn't have. */
const checkContainers = ({ definition, loadBalancers }: TaskSetRequest) => {
  for (const { containerName, containerPort } of loadBalancers) {
    const container = definition.containerDefinitions?.find(({ name }) => name === containerName);
    if (!container) {
      throw new AwsError(
        'InvalidParameterException',
        `The container ${containerName} does not exist in the task definition.`,
      );
    }
    if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort)) {
      throw new AwsError(
        'InvalidParameterException',
        `The container ${containerName} did not have a container port ${containerPort} defined.`,
      );
    }
  }
};

/** Launch type or strategy of a request: FARGATE where it has neither. Refuses both at once. */
const launchOf = ({ launchType, capacityProviderStrategy: strategy = [] }: TaskSetRequest) => {
  if (strategy.length === 0)
    return { launchType: launchType ?? 'FARGATE', capacityProviderStrategy: undefined };
  if (launchType === undefined)
    return { launchType: undefined, capacityProviderStrategy: strategy };
  throw new AwsError(
    'InvalidParameterException',
    'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
  );
};

/** Makes a task set, without tasks yet. Throws InvalidParameterException. */
export const newTaskSet = (cloud: Cloud, service: EcsService, request: TaskSetRequest): TaskSet => {
  checkContainers(request);
  const { cluster } = service;
  const id = `ecs-svc/${cloud.id(19, '0123456789')}`;
  const now = new Date(cloud.clock.now());
  return {
    ...request,
    id,
    arn: `arn:aws:ecs:${cluster.region}:${cloud.account}:task-set/${cluster.name}/${service.name}/${id}`,
    service,
    ...launchOf(request),
    platformVersion: request.platformVersion || 'LATEST',
    createdAt: now,
    updatedAt: now,
    tasks: new Set(),
    failures: 0,
    retry: undefined,
    steadySince: undefined,
  };
};
