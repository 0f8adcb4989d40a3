/** IAM's operations on the inline policies of roles and on customer managed policies. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { readPolicy } from '../../policy/document.ts';
import { checkAttachment, checkInlinePolicy, checkManagedPolicy } from './quotas.ts';
import type { Account, ManagedPolicy, StoredPolicy } from './roles.ts';

const stored = (document: unknown): StoredPolicy => ({
  document: typeof document === 'string' ? document : JSON.stringify(document),
  statements: readPolicy(document, 'identity'),
});

const missing = (message: string) =>
  new AwsError('NoSuchEntityException', message, { status: 404 });

const noInline = (name: string) => missing(`The role policy with name ${name} cannot be found.`);

const described = ({ name, arn, id, path, created }: ManagedPolicy) => ({
  PolicyName: name,
  PolicyId: id,
  Arn: arn,
  Path: path,
  DefaultVersionId: 'v1',
  CreateDate: created,
});

const inlineOperations = ({ role }: Account): Record<string, Operation> => ({
  PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument }) => {
    const policy = stored(PolicyDocument);
    checkInlinePolicy(role(RoleName), PolicyName, policy.document);
    role(RoleName).inline.set(PolicyName, policy);
    return {};
  },

  GetRolePolicy: ({ RoleName, PolicyName }) => {
    const policy = role(RoleName).inline.get(PolicyName);
    if (!policy) throw noInline(PolicyName);
    return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(policy.document) };
  },

  DeleteRolePolicy: ({ RoleName, PolicyName }) => {
    if (!role(RoleName).inline.delete(PolicyName)) throw noInline(PolicyName);
    return {};
  },

  ListRolePolicies: ({ RoleName }) => ({
    PolicyNames: [...role(RoleName).inline.keys()].sort(),
    IsTruncated: false,
  }),
});

const managedOperations = (
  cloud: Cloud,
  { role, policies, uniqueId }: Account,
): Record<string, Operation> => ({
  CreatePolicy: ({ PolicyName, PolicyDocument, Path = '/' }) => {
    const arn = `arn:aws:iam::${cloud.account}:policy${Path}${PolicyName}`;
    if (policies.has(arn)) {
      throw new AwsError(
        'EntityAlreadyExistsException',
        `A policy called ${PolicyName} already exists.`,
        { status: 409 },
      );
    }
    const created = new Date(cloud.clock.now());
    const content = stored(PolicyDocument);
    checkManagedPolicy(content.document);
    const policy = {
      name: PolicyName,
      arn,
      id: uniqueId('ANPA'),
      path: Path,
      created,
      ...content,
    };
    policies.set(arn, policy);
    return { Policy: described(policy) };
  },

  AttachRolePolicy: ({ RoleName, PolicyArn }) => {
    if (PolicyArn.startsWith('arn:aws:iam::aws:')) {
      throw missing(
        `${PolicyArn}: no AWS managed policy is known to the sandbox. Write the statements that ${RoleName} needs as its own policy.`,
      );
    }
    if (!policies.has(PolicyArn))
      throw missing(`Policy ${PolicyArn} does not exist or is not attachable.`);
    checkAttachment(role(RoleName), PolicyArn);
    role(RoleName).attached.add(PolicyArn);
    return {};
  },

  DetachRolePolicy: ({ RoleName, PolicyArn }) => {
    if (!role(RoleName).attached.delete(PolicyArn))
      throw missing(`Policy ${PolicyArn} was not found.`);
    return {};
  },

  ListAttachedRolePolicies: ({ RoleName }) => ({
    AttachedPolicies: [...role(RoleName).attached]
      .sort()
      .map((arn) => ({ PolicyArn: arn, PolicyName: policies.get(arn)?.name })),
    IsTruncated: false,
  }),
});

/** Inline: Put, Get, Delete and List. Managed: create, attach, detach, list. AWS's own managed policies do not exist here. */
export const policyOperations = (cloud: Cloud, account: Account): Record<string, Operation> => ({
  ...inlineOperations(account),
  ...managedOperations(cloud, account),
});
