/** CloudFormation's EC2 types. Routes and rules are accepted as they are: on a laptop everything reaches everything. */
import type { Cloud, ResourceProvider } from '../../cloud.ts';
import type { Networks } from './network.ts';

/** A type of which only the id matters: `attribute` names it where `Fn::GetAtt` gives it too. */
const identified = (
  networks: Networks,
  prefix: string,
  ignored: readonly string[],
  attribute = 'Id',
): ResourceProvider => ({
  properties: [],
  ignored,
  create: async () => {
    const id = networks.newId(prefix);
    return { ref: id, attributes: { [attribute]: id } };
  },
});

const vpc = (networks: Networks): ResourceProvider => ({
  properties: ['CidrBlock'],
  ignored: ['EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'],
  create: async ({ CidrBlock }, { region }) => {
    const VpcId = networks.newId('vpc');
    const GroupId = networks.newId('sg');
    const { vpcs, groups } = networks.of(region);
    vpcs.push({ VpcId, CidrBlock });
    groups.push({
      GroupId,
      VpcId,
      GroupName: 'default',
      Description: 'default VPC security group',
    });
    return {
      ref: VpcId,
      attributes: {
        VpcId,
        CidrBlock,
        CidrBlockAssociations: [networks.newId('vpc-cidr-assoc')],
        DefaultNetworkAcl: networks.newId('acl'),
        DefaultSecurityGroup: GroupId,
        Ipv6CidrBlocks: [],
      },
    };
  },
});

const subnet = (networks: Networks): ResourceProvider => ({
  properties: ['AvailabilityZone', 'CidrBlock', 'VpcId'],
  ignored: ['MapPublicIpOnLaunch', 'PrivateDnsNameOptionsOnLaunch', 'Tags'],
  create: async ({ AvailabilityZone, CidrBlock, VpcId }, { region }) => {
    const SubnetId = networks.newId('subnet');
    const zone = AvailabilityZone ?? `${region}a`;
    networks.of(region).subnets.push({ SubnetId, VpcId, CidrBlock, AvailabilityZone: zone });
    return {
      ref: SubnetId,
      attributes: { SubnetId, VpcId, CidrBlock, AvailabilityZone: zone, Ipv6CidrBlocks: [] },
    };
  },
});

const securityGroup = (networks: Networks): ResourceProvider => ({
  properties: ['GroupDescription', 'GroupName', 'VpcId'],
  ignored: ['SecurityGroupEgress', 'SecurityGroupIngress', 'Tags'],
  create: async ({ GroupDescription, GroupName, VpcId }, { region, physicalName }) => {
    const GroupId = networks.newId('sg');
    const name = GroupName ?? physicalName();
    networks
      .of(region)
      .groups.push({ GroupId, GroupName: name, Description: GroupDescription, VpcId });
    return { ref: GroupId, attributes: { GroupId, Id: GroupId, VpcId } };
  },
});

const address = (cloud: Cloud, networks: Networks): ResourceProvider => ({
  properties: [],
  ignored: ['Domain', 'Tags'],
  create: async () => {
    // 203.0.113.0/24 is reserved for documentation (RFC 5737), so it is nobody's.
    const PublicIp = `203.0.113.${1 + Math.floor(cloud.random() * 254)}`;
    return { ref: PublicIp, attributes: { PublicIp, AllocationId: networks.newId('eipalloc') } };
  },
});

const route: ResourceProvider = {
  properties: ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'RouteTableId'],
  ignored: [
    'GatewayId',
    'NatGatewayId',
    'VpcEndpointId',
    'TransitGatewayId',
    'VpcPeeringConnectionId',
  ],
  create: async ({ RouteTableId, DestinationCidrBlock, DestinationIpv6CidrBlock }) => {
    const CidrBlock = DestinationCidrBlock ?? DestinationIpv6CidrBlock;
    return { ref: `${RouteTableId}|${CidrBlock}`, attributes: { CidrBlock } };
  },
};

const gatewayAttachment: ResourceProvider = {
  properties: ['InternetGatewayId', 'VpcId'],
  create: async ({ InternetGatewayId, VpcId }) => ({
    ref: `${InternetGatewayId ? 'IGW' : 'VGW'}|${VpcId}`,
    attributes: { AttachmentType: InternetGatewayId ? 'IGW' : 'VGW' },
  }),
};

const endpoint = (networks: Networks): ResourceProvider => ({
  properties: ['ServiceName', 'SubnetIds', 'VpcEndpointType'],
  ignored: [
    'PolicyDocument',
    'PrivateDnsEnabled',
    'RouteTableIds',
    'SecurityGroupIds',
    'Tags',
    'VpcId',
  ],
  create: async ({ ServiceName, SubnetIds = [], VpcEndpointType = 'Gateway' }) => {
    const id = networks.newId('vpce');
    const interfaces = VpcEndpointType === 'Interface' ? (SubnetIds as string[]) : [];
    const name = String(ServiceName).split('.').at(-1);
    return {
      ref: id,
      attributes: {
        Id: id,
        DnsEntries: interfaces.length > 0 ? [`Z0:${id}.${name}.vpce.amazonaws.com`] : [],
        NetworkInterfaceIds: interfaces.map(() => networks.newId('eni')),
      },
    };
  },
});

const RULE = [
  'CidrIp',
  'CidrIpv6',
  'Description',
  'DestinationPrefixListId',
  'DestinationSecurityGroupId',
  'FromPort',
  'GroupId',
  'IpProtocol',
  'SourcePrefixListId',
  'SourceSecurityGroupId',
  'SourceSecurityGroupOwnerId',
  'ToPort',
];

const FLOW_LOG = [
  'DeliverLogsPermissionArn',
  'LogDestination',
  'LogDestinationType',
  'LogFormat',
  'LogGroupName',
  'MaxAggregationInterval',
  'ResourceId',
  'ResourceType',
  'Tags',
  'TrafficType',
];

/** The resource types of EC2. */
export const ec2Resources = (
  cloud: Cloud,
  networks: Networks,
): Readonly<Record<string, ResourceProvider>> => ({
  'AWS::EC2::EIP': address(cloud, networks),
  'AWS::EC2::FlowLog': identified(networks, 'fl', FLOW_LOG),
  'AWS::EC2::InternetGateway': identified(networks, 'igw', ['Tags'], 'InternetGatewayId'),
  'AWS::EC2::NatGateway': identified(
    networks,
    'nat',
    ['AllocationId', 'ConnectivityType', 'SubnetId', 'Tags'],
    'NatGatewayId',
  ),
  'AWS::EC2::Route': route,
  'AWS::EC2::RouteTable': identified(networks, 'rtb', ['Tags', 'VpcId'], 'RouteTableId'),
  'AWS::EC2::SecurityGroup': securityGroup(networks),
  'AWS::EC2::SecurityGroupEgress': identified(networks, 'sgr', RULE),
  'AWS::EC2::SecurityGroupIngress': identified(networks, 'sgr', RULE),
  'AWS::EC2::Subnet': subnet(networks),
  'AWS::EC2::SubnetRouteTableAssociation': identified(networks, 'rtbassoc', [
    'RouteTableId',
    'SubnetId',
  ]),
  'AWS::EC2::VPC': vpc(networks),
  'AWS::EC2::VPCEndpoint': endpoint(networks),
  'AWS::EC2::VPCGatewayAttachment': gatewayAttachment,
});
