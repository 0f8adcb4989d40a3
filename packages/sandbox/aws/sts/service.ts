/** STS: who am I, and the temporary credentials of roles. */
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation, Permission, Principal, Service } from '../../cloud.ts';
import { denied } from '../../policy/denied.ts';
import { readPolicy } from '../../policy/document.ts';
import { trusts } from '../../policy/trust.ts';
import { sessionsOf } from './sessions.ts';

/** Sessions that a service opens last twelve hours (seconds), the longest MaxSessionDuration a role can have. */
const SERVICE_SESSION = 43_200;
const SESSION = 3600;
/** Limits of AssumeRole in seconds; a role that assumes another one ("role chaining") gets an hour at most. */
const SHORTEST_SESSION = 900;
const LONGEST_CHAINED = 3600;

const invalid = (message: string) => new AwsError('ValidationError', message);

const checkSession = ({ kind }: Principal, name: string, seconds: number, longest: number) => {
  if (!/^[\w+=,.@-]{2,64}$/.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: ` +
        'Member must have length between 2 and 64, and satisfy regular expression pattern: [\\w+=,.@-]*',
    );
  if (kind === 'service') return;
  if (seconds < SHORTEST_SESSION)
    throw invalid(
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: ` +
        `Member must have value greater than or equal to ${SHORTEST_SESSION}`,
    );
  if (kind === 'role' && seconds > LONGEST_CHAINED)
    throw invalid(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  if (seconds > longest)
    throw invalid(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
};

const roleName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

const callerName = (principal: Principal, account: string): string => {
  if (principal.kind === 'service') return principal.service;
  return principal.kind === 'owner'
    ? `arn:aws:iam::${account}:root`
    : assumedArn(principal.arn, principal.session);
};

const assumedArn = (arn: string, session: string) =>
  `arn:aws:sts::${arn.split(':')[4]}:assumed-role/${roleName(arn)}/${session}`;

/** Makes STS. `principalOf` tells the front whose an access key is: an unknown one is the owner's. */
export const stsService = (
  cloud: Cloud,
): Service & { readonly principalOf: (accessKeyId?: string) => Principal } => {
  const sessions = sessionsOf(cloud);

  const roleOf = async (arn: string, region: string): Promise<any> => {
    const principal = { kind: 'service', service: 'sts.amazonaws.com' } as const;
    const input = { RoleName: roleName(arn) };
    const { Role } = await cloud.call({
      principal,
      region,
      service: 'iam',
      operation: 'GetRole',
      input,
    });
    return Role;
  };

  /** AWS does not tell a role that is missing from one that may not be assumed. */
  const assumable = async (arn: string, { principal, region }: Caller): Promise<any> => {
    const role = await roleOf(arn, region).catch(() => undefined);
    const trusted =
      role?.Arn === arn &&
      (principal.kind === 'owner' ||
        trusts(
          readPolicy(decodeURIComponent(role.AssumeRolePolicyDocument), 'trust'),
          principal,
          cloud.account,
        ));
    if (trusted) return role;
    throw denied(
      'sts',
      `User: ${callerName(principal, cloud.account)} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  };

  const operations: Record<string, Operation> = {
    GetCallerIdentity: async (_, { principal, region }) => {
      const Arn = callerName(principal, cloud.account);
      if (principal.kind !== 'role') return { UserId: cloud.account, Account: cloud.account, Arn };
      const { RoleId } = await roleOf(principal.arn, region);
      return { UserId: `${RoleId}:${principal.session}`, Account: cloud.account, Arn };
    },

    AssumeRole: async ({ RoleArn, RoleSessionName, DurationSeconds }, caller) => {
      const role = await assumable(RoleArn, caller);
      // AWS's services renew the credentials they hand to functions and tasks; here the same ones simply stay valid.
      const byService = caller.principal.kind === 'service';
      const seconds = DurationSeconds ?? (byService ? SERVICE_SESSION : SESSION);
      checkSession(caller.principal, RoleSessionName, seconds, role.MaxSessionDuration);
      return {
        Credentials: sessions.open({ arn: RoleArn, session: RoleSessionName }, seconds, byService),
        AssumedRoleUser: {
          AssumedRoleId: `${role.RoleId}:${RoleSessionName}`,
          Arn: assumedArn(RoleArn, RoleSessionName),
        },
      };
    },
  };

  return {
    id: 'sts',
    operations,
    permissions: {
      GetCallerIdentity: () => [],
      AssumeRole: ({ RoleArn }): Permission[] => [{ action: 'sts:AssumeRole', resource: RoleArn }],
    },
    principalOf: sessions.principalOf,
  };
};
