import type {
  CreateLoadBalancerInput,
  DescribeLoadBalancersInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { paging } from './paging.ts';
import { hexadecimal, type LoadBalancer, loadBalancerOf, type State } from './state.ts';

/** AWS's defaults of the attributes that the sandbox keeps; only the idle time-out has an effect. */
const defaultAttributes = {
  'idle_timeout.timeout_seconds': '60',
  'deletion_protection.enabled': 'false',
  'access_logs.s3.enabled': 'false',
  'routing.http2.enabled': 'true',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
};

const describe = (loadBalancer: LoadBalancer) => ({
  LoadBalancerArn: loadBalancer.arn,
  // Every listener is a port of this machine; its number is in DescribeListeners.
  DNSName: '127.0.0.1',
  CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
  CreatedTime: loadBalancer.createdAt,
  LoadBalancerName: loadBalancer.name,
  Scheme: loadBalancer.scheme,
  State: { Code: 'active' },
  Type: 'application',
  AvailabilityZones: loadBalancer.subnets.map((SubnetId) => ({ SubnetId })),
  SecurityGroups: loadBalancer.securityGroups,
  IpAddressType: 'ipv4',
});

const attributesOf = (loadBalancer: LoadBalancer) =>
  [...loadBalancer.attributes].map(([Key, Value]) => ({ Key, Value }));

/** Operations on load balancers and their attributes. */
export const loadBalancerOperations = (cloud: Cloud, state: State): Record<string, Operation> => ({
  CreateLoadBalancer: (input: CreateLoadBalancerInput, { region }: Caller) => {
    const { loadBalancers, tags } = state.of(region);
    const name = input.Name ?? '';
    if (input.Type && input.Type !== 'application') {
      throw new AwsError('ValidationError', `this sandbox has no ${input.Type} load balancers`);
    }
    if ([...loadBalancers.values()].some((known) => known.name === name)) {
      throw new AwsError(
        'DuplicateLoadBalancerNameException',
        `A load balancer with the same name '${name}' exists, but with different settings`,
      );
    }
    const fullName = `app/${name}/${cloud.id(16, hexadecimal)}`;
    const loadBalancer: LoadBalancer = {
      arn: `arn:aws:elasticloadbalancing:${region}:${cloud.account}:loadbalancer/${fullName}`,
      name,
      fullName,
      region,
      scheme: input.Scheme ?? 'internet-facing',
      createdAt: new Date(cloud.clock.now()),
      securityGroups: input.SecurityGroups ?? [],
      subnets: [
        ...(input.Subnets ?? []),
        ...(input.SubnetMappings ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
      ],
      attributes: new Map(Object.entries(defaultAttributes)),
    };
    loadBalancers.set(loadBalancer.arn, loadBalancer);
    tags.set(
      loadBalancer.arn,
      new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    );
    return { LoadBalancers: [describe(loadBalancer)] };
  },

  DescribeLoadBalancers: (input: DescribeLoadBalancersInput, { region }: Caller) => {
    const current = state.of(region);
    const all = [...current.loadBalancers.values()];
    const named = input.Names?.map((name) => {
      const found = all.find((loadBalancer) => loadBalancer.name === name);
      if (found) return found;
      throw new AwsError('LoadBalancerNotFoundException', `Load balancers '[${name}]' not found`);
    });
    const wanted =
      input.LoadBalancerArns?.map((arn) => loadBalancerOf(current, arn)) ?? named ?? all;
    const { items, next } = page(paging, wanted, input);
    return { LoadBalancers: items.map(describe), ...next };
  },

  DescribeLoadBalancerAttributes: (input: { LoadBalancerArn?: string }, { region }: Caller) => ({
    Attributes: attributesOf(loadBalancerOf(state.of(region), input.LoadBalancerArn)),
  }),

  ModifyLoadBalancerAttributes: (
    input: { LoadBalancerArn?: string; Attributes?: { Key?: string; Value?: string }[] },
    { region }: Caller,
  ) => {
    const loadBalancer = loadBalancerOf(state.of(region), input.LoadBalancerArn);
    for (const { Key = '', Value = '' } of input.Attributes ?? []) {
      loadBalancer.attributes.set(Key, Value);
    }
    return { Attributes: attributesOf(loadBalancer) };
  },
});
