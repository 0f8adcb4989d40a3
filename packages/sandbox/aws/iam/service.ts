/** IAM: roles, their policies, and the decision whether a principal may make a call. */
import type { Authorize } from '../../call.ts';
import type { Cloud, Permission, Service } from '../../cloud.ts';
import { authorizeBy } from './authorize.ts';
import { policyOperations } from './policy-operations.ts';
import { iamResources } from './resources.ts';
import { roleOperations } from './role-operations.ts';
import { emptyAccount } from './roles.ts';

const ON_ROLES = [
  'CreateRole',
  'GetRole',
  'DeleteRole',
  'PutRolePolicy',
  'GetRolePolicy',
  'DeleteRolePolicy',
  'ListRolePolicies',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'ListAttachedRolePolicies',
];

/** Makes IAM. Its `authorize` is what the choke point asks before every operation. */
export const iamService = (cloud: Cloud): Service & { readonly authorize: Authorize } => {
  const account = emptyAccount(cloud);
  const onRole =
    (operation: string) =>
    ({ RoleName, Path = '/' }: { RoleName: string; Path?: string }): Permission[] => {
      const arn =
        account.roles.get(RoleName)?.arn ?? `arn:aws:iam::${cloud.account}:role${Path}${RoleName}`;
      return [{ action: `iam:${operation}`, resource: arn }];
    };
  return {
    id: 'iam',
    operations: { ...roleOperations(cloud, account), ...policyOperations(cloud, account) },
    permissions: Object.fromEntries(ON_ROLES.map((operation) => [operation, onRole(operation)])),
    resources: iamResources,
    authorize: authorizeBy(account),
  };
};
