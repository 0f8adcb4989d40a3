/** IAM's quotas, with the errors that a call gets which would exceed one. They are the defaults of an account. */
import { AwsError } from '../../aws-error.ts';
import type { Account, Role } from './roles.ts';

/** Characters of all inline policies of a role together. AWS raises this one for nobody. */
const INLINE_PER_ROLE = 10_240;

const exceeded = (message: string) =>
  new AwsError('LimitExceededException', message, { status: 409 });

const quota = (name: string, size: number, used: number): void => {
  if (used > size) throw exceeded(`Cannot exceed quota for ${name}: ${size}`);
};

/** Characters of a policy as IAM counts them: without white space. */
const sizeOf = (document: string): number => document.replace(/\s/g, '').length;

/** Refuses an inline policy with which those of the role would be too large together. */
export const checkInlinePolicy = (role: Role, policyName: string, document: string): void => {
  const others = [...role.inline].filter(([name]) => name !== policyName);
  const used = others.reduce((sum, [, policy]) => sum + sizeOf(policy.document), sizeOf(document));
  if (used > INLINE_PER_ROLE)
    throw exceeded(
      `Maximum policy size of ${INLINE_PER_ROLE} bytes exceeded for role ${role.name}`,
    );
};

/** Refuses a managed policy that is too large. */
export const checkManagedPolicy = (document: string): void =>
  quota('PolicySize', 6144, sizeOf(document));

/** Refuses one managed policy more than a role may have. */
export const checkAttachment = ({ attached }: Role, policyArn: string): void =>
  quota('PoliciesPerRole', 10, new Set([...attached, policyArn]).size);

/** Refuses a role whose name or trust policy is too long, and one more than an account may have. */
export const checkNewRole = ({ roles }: Account, roleName: string, trust: string): void => {
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName))
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${roleName}' at 'roleName' failed to satisfy constraint: ` +
        'Member must have length less than or equal to 64, and satisfy regular expression pattern: [\\w+=,.@-]+',
    );
  quota('ACLSizePerRole', 2048, sizeOf(trust));
  quota('RolesPerAccount', 1000, roles.size + 1);
};
