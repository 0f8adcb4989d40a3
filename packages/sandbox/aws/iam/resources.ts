/** CloudFormation's IAM types: roles, inline policies and customer managed policies. */
import type { ResourceContext, ResourceProvider } from '../../cloud.ts';

const putOnRoles = async (
  { call }: ResourceContext,
  roles: readonly string[],
  PolicyName: string,
  PolicyDocument: unknown,
) => {
  for (const RoleName of roles) {
    await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument });
  }
};

const role: ResourceProvider = {
  properties: [
    'AssumeRolePolicyDocument',
    'Description',
    'ManagedPolicyArns',
    'MaxSessionDuration',
    'Path',
    'Policies',
    'RoleName',
  ],
  ignored: ['Tags'],
  create: async ({ RoleName, Policies = [], ManagedPolicyArns = [], ...properties }, context) => {
    const name = RoleName ?? context.physicalName(64);
    const { Role } = await context.call('iam', 'CreateRole', { ...properties, RoleName: name });
    for (const { PolicyName, PolicyDocument } of Policies) {
      await putOnRoles(context, [name], PolicyName, PolicyDocument);
    }
    for (const PolicyArn of ManagedPolicyArns) {
      await context.call('iam', 'AttachRolePolicy', { RoleName: name, PolicyArn });
    }
    return { ref: name, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } };
  },
};

const policy: ResourceProvider = {
  properties: ['PolicyDocument', 'PolicyName', 'Roles'],
  create: async ({ PolicyDocument, PolicyName, Roles = [] }, context) => {
    await putOnRoles(context, Roles, PolicyName, PolicyDocument);
    const id = context.physicalName(128);
    return { ref: id, attributes: { Id: id } };
  },
};

const rolePolicy: ResourceProvider = {
  properties: ['PolicyDocument', 'PolicyName', 'RoleName'],
  create: async ({ PolicyDocument, PolicyName, RoleName }, context) => {
    await putOnRoles(context, [RoleName], PolicyName, PolicyDocument);
    return { ref: `${PolicyName}|${RoleName}` };
  },
};

const managedPolicy: ResourceProvider = {
  properties: ['ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
  ignored: ['Description', 'Tags'],
  create: async (
    { ManagedPolicyName, Path, PolicyDocument, Roles = [] },
    { call, physicalName },
  ) => {
    const PolicyName = ManagedPolicyName ?? physicalName(128);
    const { Policy } = await call('iam', 'CreatePolicy', { PolicyName, Path, PolicyDocument });
    for (const RoleName of Roles)
      await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn: Policy.Arn });
    return { ref: Policy.Arn, attributes: { PolicyArn: Policy.Arn, PolicyId: Policy.PolicyId } };
  },
};

/** The resource types of IAM. */
export const iamResources: Readonly<Record<string, ResourceProvider>> = {
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::IAM::RolePolicy': rolePolicy,
};
