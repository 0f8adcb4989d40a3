/** Roles whose every permission is written here: inline policies only, and nobody adds to them unseen. */
import {
  type IRole,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A role that `service` (e.g. `lambda.amazonaws.com`) assumes, with exactly these statements. */
export const inlineRole = (
  scope: Construct,
  id: string,
  service: string,
  statements: readonly PolicyStatement[],
  roleName?: string,
): IRole =>
  new Role(scope, id, {
    assumedBy: new ServicePrincipal(service),
    inlinePolicies: { permissions: new PolicyDocument({ statements: [...statements] }) },
    ...(roleName === undefined ? {} : { roleName }),
  }).withoutPolicyUpdates();
