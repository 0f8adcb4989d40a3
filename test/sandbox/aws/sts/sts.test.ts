import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../../packages/sandbox/cloud.ts';
import { account, smallCloud } from '../../template/small-cloud.ts';

const lambda: Principal = { kind: 'service', service: 'lambda.amazonaws.com' };
const arnOf = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const roleNamed = (name: string): Principal => ({ kind: 'role', arn: arnOf(name), session: 's' });

const create = async (trusted: unknown) => {
  const cloud = smallCloud();
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trusted };
  await cloud.call('iam', 'CreateRole', {
    RoleName: 'worker',
    AssumeRolePolicyDocument: { Statement: [statement] },
  });
  const assume = (principal: Principal, more = {}) =>
    cloud.call(
      'sts',
      'AssumeRole',
      { RoleArn: arnOf('worker'), RoleSessionName: 'run', ...more },
      principal,
    );
  return { ...cloud, assume };
};

describe('AssumeRole', () => {
  it('gives a trusted service credentials that stand for the role', async () => {
    const { assume, sts, call } = await create({ Service: 'lambda.amazonaws.com' });

    const { Credentials, AssumedRoleUser } = await assume(lambda);

    expect(Credentials.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(AssumedRoleUser.Arn).toBe(`arn:aws:sts::${account}:assumed-role/worker/run`);
    const principal = sts.principalOf(Credentials.AccessKeyId);
    expect(principal).toEqual({ kind: 'role', arn: arnOf('worker'), session: 'run' });
    expect(await call('sts', 'GetCallerIdentity', {}, principal)).toEqual({
      UserId: AssumedRoleUser.AssumedRoleId,
      Account: account,
      Arn: AssumedRoleUser.Arn,
    });
  });

  it('refuses services and roles that the role does not trust, and roles that do not exist', async () => {
    const { assume, call } = await create({ Service: 'ecs-tasks.amazonaws.com' });
    const denied = {
      name: 'AccessDenied',
      status: 403,
      message: expect.stringContaining('sts:AssumeRole'),
    };

    await expect(assume(lambda)).rejects.toMatchObject(denied);
    await expect(assume(lambda, { RoleArn: arnOf('nobody') })).rejects.toMatchObject(denied);
    await call('iam', 'CreateRole', {
      RoleName: 'ci',
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
      },
    });
    await call('iam', 'PutRolePolicy', {
      RoleName: 'ci',
      PolicyName: 'p',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] },
    });
    await expect(assume(roleNamed('ci'))).rejects.toMatchObject(denied);
  });

  it('needs the caller’s own permission too', async () => {
    const { assume, call } = await create({ AWS: account });
    await call('iam', 'CreateRole', {
      RoleName: 'ci',
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
      },
    });

    await expect(assume(roleNamed('ci'))).rejects.toThrow(
      'no identity-based policy allows the sts:AssumeRole action',
    );
    await call('iam', 'PutRolePolicy', {
      RoleName: 'ci',
      PolicyName: 'p',
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arnOf('worker') }],
      },
    });

    await expect(assume(roleNamed('ci'))).resolves.toBeDefined();
  });

  it('takes a duration and a session name only within the limits of AWS', async () => {
    const { assume, call } = await create({ AWS: account });
    await call('iam', 'CreateRole', {
      RoleName: 'ci',
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
      },
    });
    await call('iam', 'PutRolePolicy', {
      RoleName: 'ci',
      PolicyName: 'p',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] },
    });
    const refused = (message: string) => ({ name: 'ValidationError', message });

    await expect(assume(roleNamed('ci'), { DurationSeconds: 899 })).rejects.toMatchObject(
      refused(expect.stringContaining('greater than or equal to 900')),
    );
    await expect(assume(roleNamed('ci'), { DurationSeconds: 3601 })).rejects.toMatchObject(
      refused(expect.stringContaining('role chaining')),
    );
    await expect(assume(roleNamed('ci'), { RoleSessionName: 'a release' })).rejects.toMatchObject(
      refused(expect.stringContaining('roleSessionName')),
    );
    await expect(assume(roleNamed('ci'), { DurationSeconds: 900 })).resolves.toBeDefined();
  });

  it('keeps a trusted role by its id, so a new role of the same name is not trusted', async () => {
    const { assume, call } = await create({ AWS: account });
    const ci = {
      RoleName: 'ci',
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account } }],
      },
    };
    const mayAssume = {
      RoleName: 'ci',
      PolicyName: 'p',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] },
    };
    const guarded = {
      RoleName: 'guarded',
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('ci') } }],
      },
    };
    await expect(call('iam', 'CreateRole', guarded)).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: `Invalid principal in policy: "AWS":"${arnOf('ci')}"`,
    });
    await call('iam', 'CreateRole', ci);
    await call('iam', 'PutRolePolicy', mayAssume);
    await call('iam', 'CreateRole', guarded);
    const asCi = () => assume(roleNamed('ci'), { RoleArn: arnOf('guarded') });
    await expect(asCi()).resolves.toBeDefined();

    await call('iam', 'DeleteRolePolicy', mayAssume);
    await call('iam', 'DeleteRole', ci);
    await call('iam', 'CreateRole', ci);
    await call('iam', 'PutRolePolicy', mayAssume);

    await expect(asCi()).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume(roleNamed('ci'))).resolves.toBeDefined();
  });

  it('lets sessions of people expire in service time, those of services never', async () => {
    const { assume, sts, clock } = await create({ Service: 'lambda.amazonaws.com' });
    const mine = (await assume({ kind: 'owner' }, { DurationSeconds: 900 })).Credentials;
    const functions = (await assume(lambda)).Credentials;

    await clock.until(clock.sleep(899_000));
    expect(sts.principalOf(mine.AccessKeyId).kind).toBe('role');
    await clock.until(clock.sleep(86_400_000));

    expect(() => sts.principalOf(mine.AccessKeyId)).toThrow(
      'The security token included in the request is expired',
    );
    expect(sts.principalOf(functions.AccessKeyId).kind).toBe('role');
  });
});

describe('principalOf', () => {
  it('takes any other access key for the owner’s', () => {
    const { sts } = smallCloud();

    expect(sts.principalOf()).toEqual({ kind: 'owner' });
    expect(sts.principalOf('AKIAIOSFODNN7EXAMPLE')).toEqual({ kind: 'owner' });
  });
});
