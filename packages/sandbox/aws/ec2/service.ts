/** EC2: networks by name only. Its operations tell what templates have created. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation, Service } from '../../cloud.ts';
import { emptyNetworks } from './network.ts';
import { ec2Resources } from './resources.ts';

/** What a Describe operation asks for: ids, or everything. */
interface Query {
  readonly ids: readonly string[] | undefined;
  readonly filters: readonly unknown[] | undefined;
}

/** The items that a query asks for. Throws `error` for the first id that does not exist. */
const among = <T>(
  items: readonly T[],
  idOf: (item: T) => string,
  { ids, filters = [] }: Query,
  error: string,
): readonly T[] => {
  if (filters.length > 0) {
    throw new AwsError('InvalidParameterValue', 'Filters are not part of this sandbox; ask by id.');
  }
  const missing = ids?.find((wanted) => !items.some((item) => idOf(item) === wanted));
  if (missing) throw new AwsError(error, `The ID '${missing}' does not exist`);
  return ids ? items.filter((item) => ids.includes(idOf(item))) : items;
};

/** Makes EC2. */
export const ec2Service = (cloud: Cloud): Service => {
  const networks = emptyNetworks(cloud);
  const owned = { OwnerId: cloud.account };

  const operations: Record<string, Operation> = {
    DescribeVpcs: ({ VpcIds: ids, Filters: filters }, { region }) => ({
      Vpcs: among(
        networks.of(region).vpcs,
        ({ VpcId }) => VpcId,
        { ids, filters },
        'InvalidVpcID.NotFound',
      ).map((vpc) => ({ ...vpc, ...owned, State: 'available' })),
    }),

    DescribeSubnets: ({ SubnetIds: ids, Filters: filters }, { region }) => ({
      Subnets: among(
        networks.of(region).subnets,
        ({ SubnetId }) => SubnetId,
        { ids, filters },
        'InvalidSubnetID.NotFound',
      ).map((subnet) => ({ ...subnet, ...owned, State: 'available' })),
    }),

    DescribeSecurityGroups: ({ GroupIds: ids, Filters: filters }, { region }) => ({
      SecurityGroups: among(
        networks.of(region).groups,
        ({ GroupId }) => GroupId,
        { ids, filters },
        'InvalidGroup.NotFound',
      ).map((group) => ({ ...group, ...owned })),
    }),
  };

  return { id: 'ec2', operations, resources: ec2Resources(cloud, networks) };
};
