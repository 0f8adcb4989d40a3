import type {
  CapacityProviderStrategyItem,
  CreateServiceRequest,
  LoadBalancer,
  NetworkConfiguration,
  Scale,
  ServiceEvent,
  Tag,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { Timer } from '../../clock/clock.ts';

/** A cluster: nothing but a name that services and tasks share. */
export interface Cluster {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
}

/** One task from its creation to its end. */
export interface Task {
  readonly id: string;
  readonly arn: string;
  readonly cluster: Cluster;
  readonly taskSet: TaskSet;
  readonly definition: TaskDefinition;
  readonly createdAt: Date;
  lastStatus:
    | 'PROVISIONING'
    | 'PENDING'
    | 'ACTIVATING'
    | 'RUNNING'
    | 'DEACTIVATING'
    | 'STOPPING'
    | 'STOPPED';
  desiredStatus: 'RUNNING' | 'STOPPED';
  startedAt: Date | undefined;
  stoppingAt: Date | undefined;
  stoppedAt: Date | undefined;
  stoppedReason: string | undefined;
  stopCode:
    | 'TaskFailedToStart'
    | 'EssentialContainerExited'
    | 'UserInitiated'
    | 'ServiceSchedulerInitiated'
    | undefined;
  /** Where each container's port is reached, by container name. */
  readonly addresses: Map<string, { readonly host: string; readonly port: number }>;
  readonly digests: Map<string, string>;
  readonly exitCodes: Map<string, number>;
  /** The last lines that the containers wrote. */
  readonly output: string[];
  /** Resolves when the task is to stop. */
  readonly stop: PromiseWithResolvers<void>;
}

/** A set of equal tasks of a service. A service with rolling updates has one, which its API calls a deployment. */
export interface TaskSet {
  readonly id: string;
  readonly arn: string;
  readonly service: EcsService;
  readonly externalId: string | undefined;
  readonly definition: TaskDefinition;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly networkConfiguration: NetworkConfiguration | undefined;
  /** A task set has one or the other. */
  readonly launchType: string | undefined;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[] | undefined;
  /** As it was asked for; `LATEST` is a version of its own only where it is carried out. */
  readonly platformVersion: string;
  readonly tags: readonly Tag[];
  readonly createdAt: Date;
  updatedAt: Date;
  scale: Scale;
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  readonly tasks: Set<Task>;
  /** Tasks that ended soon after their start, in a row: the back-off grows with them. */
  failures: number;
  retry: Timer | undefined;
  /** When its tasks were first seen all running and healthy; `undefined` while they are not. */
  steadySince: Date | undefined;
}

/** A service with its task sets. */
export interface EcsService {
  readonly arn: string;
  readonly name: string;
  readonly cluster: Cluster;
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly input: CreateServiceRequest;
  readonly createdAt: Date;
  status: 'ACTIVE' | 'INACTIVE';
  desiredCount: number;
  healthCheckGracePeriodSeconds: number;
  readonly settings: Record<string, unknown>;
  readonly taskSets: TaskSet[];
  readonly events: ServiceEvent[];
  monitor: Timer | undefined;
}

/** Everything in one Region: clusters, services and tasks by ARN, revisions of a family in their order. */
export interface Region {
  readonly clusters: Map<string, Cluster>;
  readonly services: Map<string, EcsService>;
  readonly families: Map<string, TaskDefinition[]>;
  readonly tasks: Map<string, Task>;
  readonly tags: Map<string, Tag[]>;
}

/** The state of every Region. */
export interface State {
  of(region: string): Region;
  all(): readonly Region[];
}

/** An empty state. */
export const emptyState = (): State => {
  const regions = new Map<string, Region>();
  return {
    of: (name) => {
      const region = regions.get(name) ?? {
        clusters: new Map(),
        services: new Map(),
        families: new Map(),
        tasks: new Map(),
        tags: new Map(),
      };
      regions.set(name, region);
      return region;
    },
    all: () => [...regions.values()],
  };
};
