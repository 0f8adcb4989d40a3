import { describe, expect, it } from 'vitest';
import { deployStack } from '../../../../packages/sandbox/template/deploy.ts';
import { account, region, smallCloud } from '../../template/small-cloud.ts';

const template = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', Tags: [] } },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        AvailabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] },
        CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::GetAtt': 'Vpc.CidrBlock' }, 1, 8] }] },
      },
    },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'web', VpcId: { Ref: 'Vpc' } },
    },
    Address: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
    Gateway: {
      Type: 'AWS::EC2::NatGateway',
      Properties: {
        SubnetId: { Ref: 'Subnet' },
        AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] },
      },
    },
  },
  Outputs: {
    Default: { Value: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } },
    Allocation: { Value: { 'Fn::GetAtt': ['Address', 'AllocationId'] } },
  },
};

const deployed = async () => {
  const cloud = smallCloud();
  const { resources, outputs } = await deployStack({
    ...cloud.deployer,
    template,
    stack: 'net',
    region,
    assets: () => '',
  });
  return { ...cloud, outputs, ref: (logicalId: string) => resources[logicalId]?.ref };
};

describe('networks of a template', () => {
  it('have ids of AWS’s form', async () => {
    const { ref, outputs } = await deployed();

    expect(ref('Vpc')).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(ref('Subnet')).toMatch(/^subnet-[0-9a-f]{17}$/);
    expect(ref('Gateway')).toMatch(/^nat-[0-9a-f]{17}$/);
    expect(ref('Address')).toMatch(/^203\.0\.113\.\d+$/);
    expect(outputs.Allocation).toMatch(/^eipalloc-[0-9a-f]{17}$/);
  });

  it('are told by the Describe operations, by id or all', async () => {
    const { call, ref, outputs } = await deployed();

    const { Subnets } = await call('ec2', 'DescribeSubnets', { SubnetIds: [ref('Subnet')] });
    expect(Subnets).toEqual([
      expect.objectContaining({
        VpcId: ref('Vpc'),
        AvailabilityZone: 'us-east-1b',
        CidrBlock: '10.0.0.0/24',
        OwnerId: account,
      }),
    ]);
    const { SecurityGroups } = await call('ec2', 'DescribeSecurityGroups', {});
    expect(SecurityGroups.map(({ GroupId }: any) => GroupId)).toEqual([
      outputs.Default,
      ref('Group'),
    ]);
    expect((await call('ec2', 'DescribeVpcs', {}, undefined, 'eu-west-1')).Vpcs).toEqual([]);
  });

  it('are refused by unknown ids and by filters', async () => {
    const { call } = await deployed();

    await expect(call('ec2', 'DescribeSubnets', { SubnetIds: ['subnet-0'] })).rejects.toMatchObject(
      { name: 'InvalidSubnetID.NotFound' },
    );
    await expect(call('ec2', 'DescribeVpcs', { Filters: [{ Name: 'tag:x' }] })).rejects.toThrow(
      'Filters are not part',
    );
  });
});
