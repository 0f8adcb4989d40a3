import type { Tag, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Caller, Permission, Service } from '../../cloud.ts';
import { findTaskDefinition } from './lookup.ts';
import type { State } from './state.ts';

type Input = Record<string, any>;
type Asks = (input: Input, caller: Caller) => readonly Permission[];

/** The name in an ARN, or the name itself. */
const nameIn = (nameOrArn: string | undefined, otherwise = '*') =>
  nameOrArn === undefined ? otherwise : nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

/** Condition keys of the tags that a request gives to what it makes. */
const requestTags = ({ tags = [] }: Input): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tags.map(({ key = '', value = '' }: Tag) => [`aws:requesttag/${key.toLowerCase()}`, value]),
  );

/** Whoever starts tasks hands their roles on to ECS. */
const passRoles = ({ taskRoleArn, executionRoleArn }: Partial<TaskDefinition>): Permission[] =>
  [...new Set([taskRoleArn, executionRoleArn])].flatMap((resource) =>
    resource
      ? [{ action: 'iam:PassRole', resource, passedToService: 'ecs-tasks.amazonaws.com' }]
      : [],
  );

/** What IAM asks per operation; those that AWS authorises on `*` only are left to the default. */
export const permissions = (account: string, state: State): NonNullable<Service['permissions']> => {
  const arn = ({ region }: Caller, path: string) => `arn:aws:ecs:${region}:${account}:${path}`;
  const clusterName = ({ cluster }: Input) => nameIn(cluster, 'default');

  const cluster = (input: Input, caller: Caller) =>
    arn(caller, `cluster/${nameIn(input.clusterName, 'default')}`);
  const clusters = (input: Input, caller: Caller) =>
    (input.clusters ?? ['default']).map((name: string) => arn(caller, `cluster/${nameIn(name)}`));
  const service = (name: string | undefined, input: Input, caller: Caller) =>
    arn(caller, `service/${clusterName(input)}/${nameIn(name)}`);
  const taskSet = (id: string, input: Input, caller: Caller) =>
    id.startsWith('arn:')
      ? id
      : arn(caller, `task-set/${clusterName(input)}/${nameIn(input.service)}/${id}`);
  const task = (id: string, input: Input, caller: Caller) =>
    arn(caller, `task/${clusterName(input)}/${nameIn(id)}`);

  const asks =
    (action: string, resources: (input: Input, caller: Caller) => string | string[]): Asks =>
    (input, caller) =>
      [resources(input, caller)].flat().map((resource) => ({ action: `ecs:${action}`, resource }));
  const starting =
    (asked: Asks): Asks =>
    (input, caller) => [
      ...asked(input, caller),
      ...passRoles(findTaskDefinition(state.of(caller.region), input.taskDefinition) ?? {}),
    ];

  return {
    CreateCluster: asks('CreateCluster', cluster),
    DescribeClusters: asks('DescribeClusters', clusters),
    RegisterTaskDefinition: (input, caller) => {
      // By the service authorization reference; refusals of older years name `*`.
      const resource = arn(caller, `task-definition/${input.family}:*`);
      const context = requestTags(input);
      return [
        { action: 'ecs:RegisterTaskDefinition', resource, context },
        ...passRoles(input),
        // Whoever tags what it makes needs the right to tag, on what it makes.
        ...(input.tags?.length > 0 ? [{ action: 'ecs:TagResource', resource, context }] : []),
      ];
    },
    CreateService: starting(
      asks('CreateService', (input, caller) => service(input.serviceName, input, caller)),
    ),
    DescribeServices: asks('DescribeServices', (input, caller) =>
      (input.services ?? []).map((name: string) => service(name, input, caller)),
    ),
    UpdateService: asks('UpdateService', (input, caller) => service(input.service, input, caller)),
    CreateTaskSet: starting(asks('CreateTaskSet', () => '*')),
    DescribeTaskSets: asks('DescribeTaskSets', (input, caller) =>
      (input.taskSets ?? ['*']).map((id: string) => taskSet(id, input, caller)),
    ),
    UpdateTaskSet: asks('UpdateTaskSet', (input, caller) => taskSet(input.taskSet, input, caller)),
    DeleteTaskSet: asks('DeleteTaskSet', (input, caller) => taskSet(input.taskSet, input, caller)),
    UpdateServicePrimaryTaskSet: asks('UpdateServicePrimaryTaskSet', (input, caller) =>
      service(input.service, input, caller),
    ),
    DescribeTasks: asks('DescribeTasks', (input, caller) =>
      (input.tasks ?? []).map((id: string) => task(id, input, caller)),
    ),
    StopTask: asks('StopTask', (input, caller) => task(input.task, input, caller)),
    TagResource: asks('TagResource', ({ resourceArn }) => resourceArn),
    UntagResource: asks('UntagResource', ({ resourceArn }) => resourceArn),
    ListTagsForResource: asks('ListTagsForResource', ({ resourceArn }) => resourceArn),
  };
};
