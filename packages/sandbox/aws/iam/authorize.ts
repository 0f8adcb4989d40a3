/** Decides at the choke point whether a principal may make a call. */
import type { Authorize } from '../../call.ts';
import type { Permission, Principal } from '../../cloud.ts';
import { denied } from '../../policy/denied.ts';
import type { Statement } from '../../policy/document.ts';
import { type Decision, evaluate } from '../../policy/evaluate.ts';
import type { Account } from './roles.ts';

/** The ARN that AWS's messages give a role's session: `arn:aws:sts::111122223333:assumed-role/<role>/<session>`. */
const sessionArn = ({ arn, session }: Extract<Principal, { kind: 'role' }>): string => {
  const account = arn.split(':')[4];
  return `arn:aws:sts::${account}:assumed-role/${arn.slice(arn.lastIndexOf('/') + 1)}/${session}`;
};

const REASONS: Readonly<Record<Exclude<Decision, 'allowed'>, (action: string) => string>> = {
  explicitDeny: () => 'with an explicit deny in an identity-based policy',
  implicitDeny: (action) => `because no identity-based policy allows the ${action} action`,
};

const onAnything = (statement: Statement): Statement => ({
  ...statement,
  resources: { patterns: ['*'], negated: false },
});

/** Roles may do what their policies allow; the owner and AWS's services may do everything. */
export const authorizeBy =
  (account: Account): Authorize =>
  (principal, permissions, { service }) => {
    if (principal.kind !== 'role') return;
    const statements = account.statements(principal.arn);
    for (const permission of permissions as readonly Permission[]) {
      const { action, resource, passedToService, viaFunctionUrl, somewhere } = permission;
      const context = {
        ...permission.context,
        'iam:passedtoservice': passedToService,
        'lambda:invokedviafunctionurl': viaFunctionUrl && 'true',
      };
      const decision = evaluate(somewhere ? statements.map(onAnything) : statements, {
        action,
        resource,
        context,
      });
      if (decision === 'allowed') continue;
      throw denied(
        service,
        `User: ${sessionArn(principal)} is not authorized to perform: ${action} on resource: ${resource} ${REASONS[decision](action)}`,
      );
    }
  };
