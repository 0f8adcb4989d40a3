import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Principal, ResourceProvider } from '../../../packages/sandbox/cloud.ts';
import { deployAssembly } from '../../../packages/sandbox/template/assembly.ts';
import { account, region, smallCloud } from './small-cloud.ts';

/** Tells where its asset lies. */
const bundle: ResourceProvider = {
  properties: ['Bucket', 'Key', 'Subnets'],
  create: async ({ Bucket, Key }, { asset }) => ({ ref: asset(Bucket, Key) }),
};

const folder = mkdtempSync(join(tmpdir(), 'assembly-'));

const synthesize = (outdir: string, env?: { account: string; region: string }) => {
  const code = join(folder, 'code');
  mkdirSync(code, { recursive: true });
  writeFileSync(join(code, 'index.mjs'), 'export const handler = async () => 1;');

  const app = new App({ outdir });
  const data = new Stack(app, 'Data', env ? { env } : {});
  const network = new Stack(app, 'Network', env ? { env } : {});

  const vpc = new Vpc(network, 'Vpc', {
    maxAzs: 2,
    natGateways: 1,
    restrictDefaultSecurityGroup: false,
    flowLogs: { all: {} },
    gatewayEndpoints: { db: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
  });
  vpc.addInterfaceEndpoint('Parameters', { service: InterfaceVpcEndpointAwsService.SSM });

  const table = new Table(data, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expires',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  const role = new Role(data, 'Reader', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    roleName: 'reader',
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [table.tableArn] }),
  );
  new StringParameter(data, 'Name', { parameterName: '/shop/table', stringValue: table.tableName });
  const asset = new Asset(data, 'Code', { path: code });
  new CfnResource(data, 'Bundle', {
    type: 'Test::Bundle',
    properties: {
      Bucket: asset.s3BucketName,
      Key: asset.s3ObjectKey,
      Subnets: vpc.privateSubnets.map(({ subnetId }) => subnetId),
    },
  });
  app.synth();
  return outdir;
};

describe('deployAssembly', () => {
  let assembly: string;

  beforeAll(() => {
    assembly = synthesize(join(folder, 'out'));
  });

  it('deploys what the CDK synthesizes, each stack after those it imports from', async () => {
    const { deployer, call, events } = smallCloud({ 'Test::Bundle': bundle });

    const deployed = await deployAssembly({ ...deployer, folder: assembly, region });

    expect(Object.keys(deployed)).toEqual(['Network', 'Data']);
    const ref = (type: string) =>
      Object.values(deployed.Data?.resources ?? {}).find((each) => each.type === type)?.ref;
    const { Parameter } = await call('ssm', 'GetParameter', { Name: '/shop/table' });
    const { Table: table } = await call('dynamodb', 'DescribeTable', {
      TableName: Parameter.Value,
    });
    expect(table.TableArn).toBe(`arn:aws:dynamodb:${region}:${account}:table/${Parameter.Value}`);
    expect(Parameter.Value).toMatch(/^Data-Table[0-9A-F]{8}-[0-9A-Z]{12}$/);
    expect(ref('Test::Bundle')).toMatch(/asset\.[0-9a-f]{64}$/);
    const { Subnets } = await call('ec2', 'DescribeSubnets', {});
    expect(Subnets.map(({ AvailabilityZone }: any) => AvailabilityZone)).toEqual(
      ['a', 'b', 'a', 'b'].map((zone) => `${region}${zone}`),
    );
    expect(events.every(({ status }) => status !== 'CREATE_FAILED')).toBe(true);
  });

  it('gives roles exactly what the template allows them', async () => {
    const { deployer, call } = smallCloud({ 'Test::Bundle': bundle });
    await deployAssembly({ ...deployer, folder: assembly, region });
    const { Parameter } = await call('ssm', 'GetParameter', { Name: '/shop/table' });
    const reader: Principal = {
      kind: 'role',
      arn: `arn:aws:iam::${account}:role/reader`,
      session: 'one',
    };
    const input = { TableName: Parameter.Value, Key: { pk: { S: 'a' } } };

    await expect(call('dynamodb', 'GetItem', input, reader)).resolves.toEqual({});
    await expect(call('dynamodb', 'DeleteItem', input, reader)).rejects.toThrow(
      'not authorized to perform: dynamodb:DeleteItem',
    );
  });

  it('brings along the stacks that a chosen one needs, and only these', async () => {
    const one = smallCloud({ 'Test::Bundle': bundle });
    const two = smallCloud({ 'Test::Bundle': bundle });

    const network = await deployAssembly({
      ...one.deployer,
      folder: assembly,
      region,
      stacks: ['Network'],
    });
    const data = await deployAssembly({
      ...two.deployer,
      folder: assembly,
      region,
      stacks: ['Data'],
    });

    expect(Object.keys(network)).toEqual(['Network']);
    expect(Object.keys(data)).toEqual(['Network', 'Data']);
  });

  it('makes the same names in every run', async () => {
    const run = async () => {
      const { deployer } = smallCloud({ 'Test::Bundle': bundle });
      return deployAssembly({ ...deployer, folder: assembly, region });
    };

    expect(await run()).toEqual(await run());
  });

  it('takes the Region from the stack, and refuses a stack of another account', async () => {
    const here = synthesize(join(folder, 'here'), { account, region: 'eu-west-1' });
    const there = synthesize(join(folder, 'there'), {
      account: '999999999999',
      region: 'eu-west-1',
    });
    const { deployer, call } = smallCloud({ 'Test::Bundle': bundle });

    await deployAssembly({ ...deployer, folder: here, region });

    const { TableNames } = await call('dynamodb', 'ListTables', {}, undefined, 'eu-west-1');
    expect(TableNames).toHaveLength(1);
    await expect(deployAssembly({ ...deployer, folder: there, region })).rejects.toThrow(
      'made for account 999999999999',
    );
  });

  it('names the stacks there are when a chosen one is missing', async () => {
    const { deployer } = smallCloud();

    await expect(
      deployAssembly({ ...deployer, folder: assembly, region, stacks: ['Web'] }),
    ).rejects.toThrow('the assembly has no stack Web; it has: Data, Network');
  });
});
