import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../../packages/sandbox/cloud.ts';
import { deployStack } from '../../../../packages/sandbox/template/deploy.ts';
import { account, region, smallCloud } from '../../template/small-cloud.ts';

const trust = {
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};
const policy = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

const reader: Principal = {
  kind: 'role',
  arn: `arn:aws:iam::${account}:role/app/reader`,
  session: 'run-1',
};
const parameters = `arn:aws:ssm:${region}:${account}:parameter/shop/*`;

const withReader = async (...statements: unknown[]) => {
  const cloud = smallCloud();
  await cloud.call('iam', 'CreateRole', {
    RoleName: 'reader',
    Path: '/app/',
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  await cloud.call('ssm', 'PutParameter', { Name: '/shop/name', Type: 'String', Value: 'corner' });
  if (statements.length > 0) {
    await cloud.call('iam', 'PutRolePolicy', {
      RoleName: 'reader',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(policy(...statements)),
    });
  }
  return {
    ...cloud,
    read: () => cloud.call('ssm', 'GetParameter', { Name: '/shop/name' }, reader),
  };
};

describe('authorization', () => {
  it('denies a role what no policy allows, in the words of AWS', async () => {
    const { read } = await withReader();

    await expect(read()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::111122223333:assumed-role/reader/run-1 is not authorized to perform: ssm:GetParameter on resource: ' +
        'arn:aws:ssm:us-east-1:111122223333:parameter/shop/name because no identity-based policy allows the ssm:GetParameter action',
    });
  });

  it('denies in the name that the service gives it', async () => {
    const { call } = await withReader();

    await expect(
      call('sts', 'AssumeRole', { RoleArn: 'r', RoleSessionName: 's' }, reader),
    ).rejects.toMatchObject({ name: 'AccessDenied', status: 403 });
  });

  it('allows a role what its inline policy allows, until that is deleted', async () => {
    const { read, call } = await withReader(allow('ssm:Get*', parameters));

    await expect(read()).resolves.toMatchObject({ Parameter: { Value: 'corner' } });
    await call('iam', 'DeleteRolePolicy', { RoleName: 'reader', PolicyName: 'p' });

    await expect(read()).rejects.toThrow('not authorized');
  });

  it('says when a statement denies', async () => {
    const { read } = await withReader(allow('*', '*'), {
      Effect: 'Deny',
      Action: 'ssm:*',
      Resource: parameters,
    });

    await expect(read()).rejects.toThrow(/ with an explicit deny in an identity-based policy$/);
  });

  it('allows what an attached customer managed policy allows', async () => {
    const { read, call } = await withReader();
    const { Policy } = await call('iam', 'CreatePolicy', {
      PolicyName: 'reading',
      PolicyDocument: policy(allow('ssm:GetParameter', '*')),
    });
    await call('iam', 'AttachRolePolicy', { RoleName: 'reader', PolicyArn: Policy.Arn });

    await expect(read()).resolves.toBeDefined();
  });

  it('denies a role that does not exist, and lets the owner and services do everything', async () => {
    const { call } = await withReader();
    const input = { Name: '/shop/name' };
    const nobody: Principal = {
      kind: 'role',
      arn: `arn:aws:iam::${account}:role/nobody`,
      session: 's',
    };

    await expect(call('ssm', 'GetParameter', input, nobody)).rejects.toThrow('not authorized');
    await expect(call('ssm', 'GetParameter', input)).resolves.toBeDefined();
    await expect(
      call('ssm', 'GetParameter', input, { kind: 'service', service: 'x.amazonaws.com' }),
    ).resolves.toBeDefined();
  });
});

describe('role operations', () => {
  it('give back what was created, documents URL-encoded', async () => {
    const { call } = await withReader(allow('ssm:*', '*'));

    const { Role } = await call('iam', 'GetRole', { RoleName: 'reader' });
    expect(Role).toMatchObject({
      Arn: reader.arn,
      Path: '/app/',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    });
    expect(JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument))).toEqual(trust);
    expect((await call('iam', 'ListRolePolicies', { RoleName: 'reader' })).PolicyNames).toEqual([
      'p',
    ]);
    const { PolicyDocument } = await call('iam', 'GetRolePolicy', {
      RoleName: 'reader',
      PolicyName: 'p',
    });
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(policy(allow('ssm:*', '*')));
    expect((await call('iam', 'ListRoles', {})).Roles).toHaveLength(1);
  });

  it('refuse a second role of the same name, and policies of a role that does not exist', async () => {
    const { call } = await withReader();

    await expect(
      call('iam', 'CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: trust }),
    ).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    await expect(
      call('iam', 'GetRolePolicy', { RoleName: 'nobody', PolicyName: 'p' }),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('IAM in a template', () => {
  const deploy = (Resources: any) => {
    const cloud = smallCloud();
    const template = { Resources };
    return {
      ...cloud,
      done: deployStack({ ...cloud.deployer, template, stack: 'web', region, assets: () => '' }),
    };
  };
  const role = (more = {}) => ({
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust, ...more },
  });

  it('gives roles their inline, separate and managed policies', async () => {
    const { done, call } = deploy({
      Role: role({
        RoleName: 'reader',
        Policies: [{ PolicyName: 'inline', PolicyDocument: policy(allow('a:*', '*')) }],
      }),
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'separate',
          PolicyDocument: policy(allow('b:*', '*')),
          Roles: [{ Ref: 'Role' }],
        },
      },
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy(allow('c:*', '*')), Roles: [{ Ref: 'Role' }] },
      },
    });

    const { resources } = await done;

    expect((await call('iam', 'ListRolePolicies', { RoleName: 'reader' })).PolicyNames).toEqual([
      'inline',
      'separate',
    ]);
    const { AttachedPolicies } = await call('iam', 'ListAttachedRolePolicies', {
      RoleName: 'reader',
    });
    expect(AttachedPolicies.map(({ PolicyArn }: any) => PolicyArn)).toEqual([
      resources.Managed?.ref,
    ]);
  });

  it('fails for an AWS managed policy, a permissions boundary and a condition key that is not evaluated', async () => {
    const boundary = role({ PermissionsBoundary: 'arn:aws:iam::aws:policy/x' });
    const managed = role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] });
    const conditional = role({
      Policies: [
        {
          PolicyName: 'p',
          PolicyDocument: policy({
            ...allow('s3:*', '*'),
            Condition: { Bool: { 'aws:SecureTransport': 'true' } },
          }),
        },
      ],
    });

    await expect(deploy({ Role: managed }).done).rejects.toThrow(
      /Role \(AWS::IAM::Role\): .*ReadOnlyAccess: no AWS managed policy is known to the sandbox/,
    );
    await expect(deploy({ Role: boundary }).done).rejects.toThrow('property PermissionsBoundary');
    await expect(deploy({ Role: conditional }).done).rejects.toThrow(
      'Bool on aws:SecureTransport is not evaluated',
    );
  });
});
