/** The IAM of one account with many pairs, created as CloudFormation does, with the quotas that AWS has. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import { beforeAll, describe, expect, it } from 'vitest';
import { OrchestratorStack } from '../../infra/orchestrator/stack.ts';
import { ReleasePair } from '../../infra/pair/release-pair.ts';
import type { Principal } from '../../packages/sandbox/cloud.ts';
import { deployStack } from '../../packages/sandbox/template/deploy.ts';
import { account, smallCloud } from '../sandbox/template/small-cloud.ts';
import { importedFunction, importedRoles, importedService } from './imported.ts';
import { standIns } from './synthesized.ts';

const env = { account, region: 'eu-west-1' };
const pairs = Array.from({ length: 60 }, (_, index) => `shop-${index + 1}`);
const PREPARE = 'tandem-prepare-target-eu-west-1';
const SCALE = 'tandem-set-scaling-eu-west-1';

/** The pipeline that serves all of them, which is made elsewhere. */
const CI = 'ci';
const ciOf = (stack: Stack): IRole =>
  Role.fromRoleArn(stack, 'Ci', `arn:aws:iam::${account}:role/${CI}`);

const arnOf = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const roleNamed = (name: string): Principal => ({ kind: 'role', arn: arnOf(name), session: 's' });

const resourcesOf = (stack: Stack, wanted: (id: string, type: string) => boolean) =>
  Object.fromEntries(
    Object.entries<any>(Template.fromStack(stack).toJSON().Resources)
      .filter(([id, { Type }]) => wanted(id, Type))
      .map(([id, { DependsOn: _, ...resource }]) => [id, resource]),
  );

/** A stack of a team, with one service and one function. */
const pairStack = (pair: string): Stack => {
  const stack = new Stack(new App(), pair, { env });
  new ReleasePair(stack, 'Releases', {
    pair,
    ecs: {
      ...importedService(stack),
      taskRoles: importedRoles(stack),
      taskFamily: 'a-service-with-a-rather-long-name',
      suspendScaling: true,
    },
    lambda: importedFunction(stack),
  });
  return stack;
};

const cloud = smallCloud();
const { call } = cloud;

const deploy = (stack: string, Resources: Record<string, any>) =>
  deployStack({
    ...cloud.deployer,
    template: { Resources },
    stack,
    region: env.region,
    assets: () => '',
  });

/** Characters of a role's inline policies as IAM counts them. */
const inlineSize = async (RoleName: string): Promise<number> => {
  const { PolicyNames } = await call('iam', 'ListRolePolicies', { RoleName });
  let size = 0;
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await call('iam', 'GetRolePolicy', { RoleName, PolicyName });
    size += decodeURIComponent(PolicyDocument).replace(/\s/g, '').length;
  }
  return size;
};

/** A role that this test does not look into; a service may assume it. */
const createPlain = (RoleName: string) =>
  call('iam', 'CreateRole', {
    RoleName,
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'codebuild.amazonaws.com' },
        },
      ],
    },
  });

/** A role that trusts prepare-target, and may assume any other. */
const createAssuming = async (RoleName: string, Path = '/') => {
  const Statement = [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf(PREPARE) } },
  ];
  await call('iam', 'CreateRole', { RoleName, Path, AssumeRolePolicyDocument: { Statement } });
  await call('iam', 'PutRolePolicy', {
    RoleName,
    PolicyName: 'assume',
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] },
  });
};

/** The roles that pairs bring for a step of Tandem. */
const rolesFor = async (what: 'Prepare' | 'Scaling'): Promise<readonly string[]> =>
  (await call('iam', 'ListRoles', { PathPrefix: '/tandem/eu-west-1/' })).Roles.map(
    ({ Arn }: any) => Arn,
  ).filter((arn: string) => arn.includes(`${what}Role`));

const assume = (RoleArn: string, by: string) =>
  call(
    'sts',
    'AssumeRole',
    { RoleArn, RoleSessionName: 'release@shop', DurationSeconds: 900 },
    roleNamed(by),
  );

/** Size of the policies of both steps before there is a pair. */
let alone: number;

beforeAll(async () => {
  const tandem = new OrchestratorStack(new App(), 'tandem', { env, ...standIns() });
  const ci = ciOf(tandem);
  tandem.grantRelease(ci);
  tandem.grantCommand(ci);
  tandem.grantApprove(ci);
  await createPlain(CI);
  await deploy(
    'tandem',
    resourcesOf(tandem, (id) => /^((PrepareTarget|SetScaling)Role|Ci)/.test(id)),
  );
  alone = (await inlineSize(PREPARE)) + (await inlineSize(SCALE));
  for (const pair of pairs)
    await deploy(
      pair,
      resourcesOf(pairStack(pair), (_, type) => type.startsWith('AWS::IAM::')),
    );
});

describe('an account with 60 pairs', () => {
  it('has roles for the task definitions and the scaling of each, and the policies of the steps do not grow', async () => {
    expect(await rolesFor('Prepare')).toHaveLength(pairs.length);
    expect(await rolesFor('Scaling')).toHaveLength(pairs.length);
    expect((await inlineSize(PREPARE)) + (await inlineSize(SCALE))).toBe(alone);
  });

  it('grants a pipeline that serves all of them once', async () => {
    const size = await inlineSize(CI);

    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThan(2000);
  });

  it('has roles that are far from the quotas, and would have room for 140 more pairs', async () => {
    const { Roles } = await call('iam', 'ListRoles', {});
    for (const { RoleName } of Roles) expect(await inlineSize(RoleName)).toBeLessThan(5000);

    expect((Roles.length / pairs.length) * 200).toBeLessThan(1000);
  });
});

describe('the role that a pair brings', () => {
  it('is assumed by prepare-target', async () => {
    const [role = ''] = await rolesFor('Prepare');

    await expect(assume(role, PREPARE)).resolves.toBeDefined();
  });

  it('is assumed by the step that it is for, and by no other', async () => {
    const [role = ''] = await rolesFor('Scaling');

    await expect(assume(role, SCALE)).resolves.toBeDefined();
    await expect(assume(role, PREPARE)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each(['intruder', 'tandem-prepare-target-us-east-1'])(
    'refuses %s, which may assume any role that trusts it',
    async (other) => {
      await createAssuming(other);
      const [role = ''] = await rolesFor('Prepare');

      await expect(assume(role, other)).rejects.toMatchObject({ name: 'AccessDenied' });
    },
  );

  it.each([
    ['administrator', '/'],
    ['other-region', '/tandem/us-east-1/'],
  ])('is all that prepare-target may assume: not %s in %s, which trusts it', async (name, path) => {
    await createAssuming(name, path);

    await expect(assume(arnOf(`${path.slice(1)}${name}`), PREPARE)).rejects.toThrow(
      'no identity-based policy allows the sts:AssumeRole action',
    );
  });
});
