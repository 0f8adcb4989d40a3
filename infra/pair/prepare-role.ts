/** The role as which `prepare-target` registers task definitions of one service: it brings what only this pair needs. */
import { BaseService } from 'aws-cdk-lib/aws-ecs';
import { Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { RELEASE_TAG } from '../../core/names.ts';
import { arnOf } from '../arn.ts';
import { roleForStep } from '../inline-role.ts';
import type { EcsHalf } from './props.ts';
import { passTaskRoles } from './service-roles.ts';

const ANY = '*';

/** Family of a service's task definitions; an imported service does not tell it, so any may be its own. */
const familyOf = ({ service, taskFamily }: EcsHalf): string =>
  taskFamily ?? (service instanceof BaseService ? service.taskDefinition.family : ANY);

/**
 * Registers revisions of one family, each with the tag of its release. AWS documents the family as the resource of
 * RegisterTaskDefinition, but refusals of older years name `*`, and then only the tag keeps other families out: whoever
 * gives a tag needs TagResource on what it tags. No document says whether its ARN ends with the revision.
 */
const registerFamily = (scope: Construct, family: string): PolicyStatement[] => [
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['ecs:RegisterTaskDefinition'],
    resources: ['*'],
    conditions: { StringLike: { [`aws:RequestTag/${RELEASE_TAG}`]: '*' } },
  }),
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['ecs:TagResource'],
    resources: (family === ANY ? [ANY] : [family, `${family}:*`]).map((name) =>
      arnOf(scope, 'ecs', `task-definition/${name}`),
    ),
  }),
];

/** Makes the role; only `prepare-target` of this account and Region may assume it. */
export const prepareRole = (scope: Construct, half: EcsHalf): IRole =>
  roleForStep(scope, 'PrepareRole', 'prepare-target', [
    ...registerFamily(scope, familyOf(half)),
    passTaskRoles(half),
  ]);
