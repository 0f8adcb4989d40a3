/** Roles whose every permission is written here: inline policies only, and nobody adds to them unseen. */
import { Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  type IRole,
  PolicyDocument,
  type PolicyStatement,
  Role,
  type RoleProps,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { StepName } from '../core/names.ts';
import { handlerRole, pairRolePath, roleArn } from './arn.ts';

/**
 * Services that say for which account they act when they assume a role, by their guides ("confused deputy"): no other
 * account can make them use ours. Lambda's guide names no such condition for execution roles.
 */
const SAY_FOR_WHOM = [
  'codedeploy.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'states.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
];

const closedRole = (
  scope: Construct,
  id: string,
  statements: readonly PolicyStatement[],
  props: RoleProps,
): IRole =>
  new Role(scope, id, {
    inlinePolicies: { permissions: new PolicyDocument({ statements: [...statements] }) },
    ...props,
  }).withoutPolicyUpdates();

/** A role that `service` (e.g. `lambda.amazonaws.com`) assumes, with exactly these statements. */
export const inlineRole = (
  scope: Construct,
  id: string,
  service: string,
  statements: readonly PolicyStatement[],
  roleName?: string,
): IRole =>
  closedRole(scope, id, statements, {
    assumedBy: new ServicePrincipal(service, {
      conditions: SAY_FOR_WHOM.includes(service)
        ? { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } }
        : {},
    }),
    ...(roleName === undefined ? {} : { roleName }),
  });

/**
 * A role that a pair brings for a step of Tandem: the role of that step in this account and Region assumes it, and no
 * other. The trust policy names it by a condition: named as the principal, IAM would keep it by its id, and trust no role
 * that is made again by the same name.
 */
export const roleForStep = (
  scope: Construct,
  id: string,
  step: StepName,
  statements: readonly PolicyStatement[],
): IRole =>
  closedRole(scope, id, statements, {
    assumedBy: new AccountRootPrincipal().withConditions({
      ArnEquals: { 'aws:PrincipalArn': roleArn(scope, handlerRole(scope, step)) },
    }),
    path: pairRolePath(scope),
  });
