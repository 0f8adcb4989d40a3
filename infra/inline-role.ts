/** Roles whose every permission is written here: inline policies only, and nobody adds to them unseen. */
import { Stack } from 'aws-cdk-lib';
import {
  type IRole,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

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

/** A role that `service` (e.g. `lambda.amazonaws.com`) assumes, with exactly these statements. */
export const inlineRole = (
  scope: Construct,
  id: string,
  service: string,
  statements: readonly PolicyStatement[],
  roleName?: string,
): IRole =>
  new Role(scope, id, {
    assumedBy: new ServicePrincipal(service, {
      conditions: SAY_FOR_WHOM.includes(service)
        ? { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } }
        : {},
    }),
    inlinePolicies: { permissions: new PolicyDocument({ statements: [...statements] }) },
    ...(roleName === undefined ? {} : { roleName }),
  }).withoutPolicyUpdates();
