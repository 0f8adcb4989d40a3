/** The networks that templates describe: nothing runs in them, they only have ids that others refer to. */
import type { Cloud } from '../../cloud.ts';

/** A virtual private cloud, its members named as DescribeVpcs names them. */
interface Vpc {
  readonly VpcId: string;
  readonly CidrBlock: string;
}

/** A subnet, its members named as DescribeSubnets names them. */
interface Subnet {
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly CidrBlock: string;
  readonly AvailabilityZone: string;
}

/** A security group, its members named as DescribeSecurityGroups names them. */
interface SecurityGroup {
  readonly GroupId: string;
  readonly GroupName: string;
  readonly Description: string;
  readonly VpcId: string;
}

/** What one Region holds. */
interface Network {
  readonly vpcs: Vpc[];
  readonly subnets: Subnet[];
  readonly groups: SecurityGroup[];
}

/** All Regions, and new ids such as `vpc-0a1b2c3d4e5f60718`. */
export interface Networks {
  of(region: string): Network;
  newId(prefix: string): string;
}

/** Makes Regions without networks. */
export const emptyNetworks = (cloud: Cloud): Networks => {
  const regions = new Map<string, Network>();
  return {
    of: (region) => {
      const network = regions.get(region) ?? { vpcs: [], subnets: [], groups: [] };
      regions.set(region, network);
      return network;
    },
    newId: (prefix) => `${prefix}-0${cloud.id(16, '0123456789abcdef')}`,
  };
};
