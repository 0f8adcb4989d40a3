/** What the policies of the deployed roles grant, one action and one resource at a time. */
import type { Stage } from '../../rehearsal/stage/stage.ts';
import { roleName } from '../scenarios/used-permissions.ts';

export interface Grant {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Every grant of every role of the stage's account. */
export const grantsOf = async ({ sandbox: { call } }: Stage): Promise<readonly Grant[]> => {
  const grants: Grant[] = [];
  for (const { RoleName } of (await call('iam', 'ListRoles', {})).Roles) {
    const { PolicyNames } = await call('iam', 'ListRolePolicies', { RoleName });
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await call('iam', 'GetRolePolicy', { RoleName, PolicyName });
      const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument));
      for (const { Effect, Action, Resource } of [Statement].flat() as Statement[])
        if (Effect === 'Allow')
          for (const action of [Action].flat())
            for (const resource of [Resource].flat())
              grants.push({ role: roleName(RoleName), action, resource });
    }
  }
  return grants;
};
