import { describe, expect, it } from 'vitest';
import { smallCloud } from '../../template/small-cloud.ts';

const trust = {
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};

/** A policy of exactly so many characters beside its white space. */
const policyOf = (size: number): string => {
  const document = (sid: string) =>
    JSON.stringify({
      Statement: [{ Sid: sid, Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    });
  return `  \n${document('x'.repeat(size - document('').length))}\n`;
};

const withRole = async (RoleName = 'worker') => {
  const cloud = smallCloud();
  const { call } = cloud;
  const put = (PolicyName: string, size: number) =>
    call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: policyOf(size) });
  const attach = async (PolicyName: string, size = 200) => {
    const PolicyDocument = policyOf(size);
    const { Policy } = await call('iam', 'CreatePolicy', { PolicyName, PolicyDocument });
    await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn: Policy.Arn });
  };
  await call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: trust });
  return { ...cloud, put, attach };
};

const exceeded = (message: string) => ({ name: 'LimitExceededException', status: 409, message });

describe('quotas of a role', () => {
  it('are 10,240 characters for all inline policies together, without white space', async () => {
    const { put, call } = await withRole();

    await put('one', 5000);
    await put('two', 5240);
    await expect(put('three', 100)).rejects.toMatchObject(
      exceeded('Maximum policy size of 10240 bytes exceeded for role worker'),
    );

    expect((await call('iam', 'ListRolePolicies', { RoleName: 'worker' })).PolicyNames).toEqual([
      'one',
      'two',
    ]);
  });

  it('count a policy that is put again once', async () => {
    const { put } = await withRole();
    await put('one', 10_000);

    await expect(put('one', 10_240)).resolves.toBeDefined();
  });

  it('are ten managed policies, each of 6,144 characters', async () => {
    const { attach } = await withRole();
    for (let number = 1; number <= 10; number += 1) await attach(`policy-${number}`, 6144);

    await expect(attach('policy-11')).rejects.toMatchObject(
      exceeded('Cannot exceed quota for PoliciesPerRole: 10'),
    );
    await expect(attach('large', 6145)).rejects.toMatchObject(
      exceeded('Cannot exceed quota for PolicySize: 6144'),
    );
  });

  it('are 64 characters for its name and 2,048 for its trust policy', async () => {
    const { call } = await withRole('x'.repeat(64));
    const create = (RoleName: string, services = 1) =>
      call('iam', 'CreateRole', {
        RoleName,
        AssumeRolePolicyDocument: {
          Statement: Array.from({ length: services }, () => trust.Statement[0]),
        },
      });

    await expect(create('x'.repeat(65))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('length less than or equal to 64'),
    });
    await expect(create('trusting', 30)).rejects.toMatchObject(
      exceeded('Cannot exceed quota for ACLSizePerRole: 2048'),
    );
  });
});
