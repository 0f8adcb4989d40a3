import type {
  ContainerDefinition,
  DescribeTaskDefinitionRequest,
  ListTaskDefinitionsRequest,
  RegisterTaskDefinitionRequest,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation, Principal } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { findTaskDefinition } from './lookup.ts';
import { paging } from './paging.ts';
import type { State } from './state.ts';

const refused = (message: string) => new AwsError('ClientException', message);

const check = (input: RegisterTaskDefinitionRequest) => {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(input.family ?? '')) {
    throw refused('Family contains invalid characters.');
  }
  const containers = input.containerDefinitions ?? [];
  if (containers.length === 0) throw refused('Container list cannot be empty.');
  if (new Set(containers.map(({ name }) => name)).size < containers.length) {
    throw refused('Container names must be unique.');
  }
  for (const { name, image } of containers) {
    if (!name) throw refused('Container.name should not be null or empty.');
    if (!image) throw refused('Container.image should not be null or empty.');
  }
  if (input.tags?.some(({ key }) => /^aws:/i.test(key ?? ''))) {
    throw new AwsError(
      'InvalidParameterException',
      'Tag keys that begin with aws: are reserved for use by AWS.',
    );
  }
  if (!input.requiresCompatibilities?.includes('FARGATE')) return;
  if (input.networkMode !== 'awsvpc') throw refused('Fargate only supports network mode ‘awsvpc’.');
  if (!input.cpu || !input.memory) {
    throw refused("Fargate requires that 'cpu' and 'memory' be defined at the task level.");
  }
};

/** The members that ECS fills in, so that a description shows them even if they were left out. */
const completed = (container: ContainerDefinition): ContainerDefinition => ({
  cpu: 0,
  essential: true,
  environment: [],
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
  ...container,
  portMappings: (container.portMappings ?? []).map((mapping) => ({
    protocol: 'tcp' as const,
    hostPort: mapping.containerPort,
    ...mapping,
  })),
});

const printed = (principal: Principal) =>
  principal.kind === 'role'
    ? principal.arn
    : principal.kind === 'service'
      ? principal.service
      : 'root';

/** Operations on task definitions. */
export const taskDefinitionOperations = (cloud: Cloud, state: State): Record<string, Operation> => {
  const existing = (region: string, reference: string | undefined, verb: string) => {
    const found = findTaskDefinition(state.of(region), reference);
    if (!found) throw refused(`Unable to ${verb} task definition.`);
    return found;
  };
  const replace = (region: string, after: TaskDefinition) => {
    const revisions = state.of(region).families.get(after.family ?? '') ?? [];
    revisions[revisions.findIndex(({ revision }) => revision === after.revision)] = after;
  };

  return {
    RegisterTaskDefinition: (
      input: RegisterTaskDefinitionRequest,
      { region: name, principal }: Caller,
    ) => {
      check(input);
      const region = state.of(name);
      const { tags, ...definition } = input;
      const family = input.family ?? '';
      const revisions = region.families.get(family) ?? [];
      region.families.set(family, revisions);
      const revision = revisions.length + 1;
      const taskDefinition: TaskDefinition = {
        volumes: [],
        placementConstraints: [],
        ...definition,
        containerDefinitions: (input.containerDefinitions ?? []).map(completed),
        taskDefinitionArn: `arn:aws:ecs:${name}:${cloud.account}:task-definition/${family}:${revision}`,
        revision,
        status: 'ACTIVE',
        requiresAttributes: [],
        compatibilities: ['EC2', 'FARGATE'],
        registeredAt: new Date(cloud.clock.now()),
        registeredBy: printed(principal),
      };
      revisions.push(taskDefinition);
      if (tags) region.tags.set(taskDefinition.taskDefinitionArn ?? '', [...tags]);
      return { taskDefinition, tags: tags ?? [] };
    },

    DescribeTaskDefinition: (input: DescribeTaskDefinitionRequest, { region }: Caller) => {
      const taskDefinition = existing(region, input.taskDefinition, 'describe');
      const tags = state.of(region).tags.get(taskDefinition.taskDefinitionArn ?? '') ?? [];
      return { taskDefinition, ...(input.include?.includes('TAGS') && { tags }) };
    },

    DeregisterTaskDefinition: (input: { taskDefinition?: string }, { region }: Caller) => {
      if (!input.taskDefinition?.includes(':')) throw refused('Revision is missing.');
      const before = existing(region, input.taskDefinition, 'deregister');
      const taskDefinition: TaskDefinition = {
        ...before,
        status: 'INACTIVE',
        deregisteredAt: new Date(cloud.clock.now()),
      };
      replace(region, taskDefinition);
      return { taskDefinition };
    },

    ListTaskDefinitions: (input: ListTaskDefinitionsRequest, { region }: Caller) => {
      const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input;
      const arns = [...state.of(region).families]
        .filter(([family]) => !familyPrefix || family === familyPrefix)
        .flatMap(([, revisions]) => revisions)
        .filter((definition) => definition.status === status)
        .map(({ taskDefinitionArn }) => taskDefinitionArn);
      const { items, next } = page(paging, sort === 'DESC' ? arns.reverse() : arns, input);
      return { taskDefinitionArns: items, ...next };
    },
  };
};
