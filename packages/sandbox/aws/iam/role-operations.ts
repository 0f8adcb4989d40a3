/** IAM's operations on roles. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { readPolicy, type Statement } from '../../policy/document.ts';
import { checkNewRole } from './quotas.ts';
import type { Account, Role } from './roles.ts';

const asText = (document: unknown): string =>
  typeof document === 'string' ? document : JSON.stringify(document);

/** IAM keeps a trusted role by its id, so it must be there when the trust policy is written. */
const checkPrincipals = ({ roles }: Account, trust: readonly Statement[], ours: string): void => {
  const known = new Set([...roles.values()].map(({ arn }) => arn));
  const unknown = trust
    .flatMap(({ principals }) => principals)
    .find((name) => name.startsWith(ours) && !known.has(name));
  if (unknown)
    throw new AwsError(
      'MalformedPolicyDocumentException',
      `Invalid principal in policy: "AWS":"${unknown}"`,
    );
};

const described = (role: Role) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: role.created,
  AssumeRolePolicyDocument: encodeURIComponent(role.trust),
  MaxSessionDuration: role.longestSession,
  ...(role.description === undefined ? {} : { Description: role.description }),
});

/** CreateRole, GetRole, ListRoles, DeleteRole. Policy documents are JSON; answers give them URL-encoded, as AWS does. */
export const roleOperations = (cloud: Cloud, account: Account): Record<string, Operation> => ({
  CreateRole: ({
    RoleName,
    AssumeRolePolicyDocument,
    Path = '/',
    Description,
    MaxSessionDuration = 3600,
  }) => {
    if (account.roles.has(RoleName)) {
      throw new AwsError(
        'EntityAlreadyExistsException',
        `Role with name ${RoleName} already exists.`,
        { status: 409 },
      );
    }
    const trusted = readPolicy(AssumeRolePolicyDocument, 'trust');
    checkPrincipals(account, trusted, `arn:aws:iam::${cloud.account}:role/`);
    const trust = asText(AssumeRolePolicyDocument);
    checkNewRole(account, RoleName, trust);
    const role: Role = {
      name: RoleName,
      arn: `arn:aws:iam::${cloud.account}:role${Path}${RoleName}`,
      id: account.uniqueId('AROA'),
      path: Path,
      created: new Date(cloud.clock.now()),
      description: Description,
      longestSession: Number(MaxSessionDuration),
      trust,
      inline: new Map(),
      attached: new Set(),
    };
    account.roles.set(RoleName, role);
    return { Role: described(role) };
  },

  GetRole: ({ RoleName }) => ({ Role: described(account.role(RoleName)) }),

  ListRoles: ({ PathPrefix = '/' }) => ({
    Roles: [...account.roles.values()]
      .filter(({ path }) => path.startsWith(PathPrefix))
      .map(described),
    IsTruncated: false,
  }),

  DeleteRole: ({ RoleName }) => {
    const { inline, attached, arn, id } = account.role(RoleName);
    if (inline.size + attached.size > 0) {
      throw new AwsError(
        'DeleteConflictException',
        'Cannot delete entity, must delete policies first.',
        { status: 409 },
      );
    }
    account.roles.delete(RoleName);
    // Who trusted it goes on to trust its id: a new role of the same name is another one.
    for (const role of account.roles.values())
      role.trust = role.trust.replaceAll(JSON.stringify(arn), JSON.stringify(id));
    return {};
  },
});
