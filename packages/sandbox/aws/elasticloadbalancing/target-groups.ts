import type {
  CreateTargetGroupInput,
  DescribeTargetGroupsInput,
  ModifyTargetGroupInput,
  TargetGroupAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { paging } from './paging.ts';
import {
  type HealthCheck,
  hexadecimal,
  loadBalancerOf,
  loadBalancersOf,
  type Region,
  type State,
  type TargetGroup,
  targetGroupOf,
} from './state.ts';

/** AWS's defaults for an application load balancer. */
const defaultHealthCheck: HealthCheck = {
  path: '/',
  port: 'traffic-port',
  protocol: 'HTTP',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
};

/** AWS's defaults of the attributes that the sandbox keeps; only the deregistration delay has an effect. */
const defaultAttributes = {
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.enabled': 'false',
  'stickiness.type': 'lb_cookie',
  'load_balancing.algorithm.type': 'round_robin',
  'slow_start.duration_seconds': '0',
};

const healthCheckOf = (
  input: CreateTargetGroupInput | ModifyTargetGroupInput,
  before: HealthCheck,
): HealthCheck => {
  const after: HealthCheck = {
    path: input.HealthCheckPath ?? before.path,
    port: input.HealthCheckPort ?? before.port,
    protocol: input.HealthCheckProtocol ?? before.protocol,
    intervalSeconds: input.HealthCheckIntervalSeconds ?? before.intervalSeconds,
    timeoutSeconds: input.HealthCheckTimeoutSeconds ?? before.timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? before.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? before.unhealthyThreshold,
    matcher: input.Matcher?.HttpCode ?? before.matcher,
  };
  if (after.timeoutSeconds >= after.intervalSeconds) {
    throw new AwsError(
      'ValidationError',
      `Health check timeout '${after.timeoutSeconds}' must be smaller than the interval '${after.intervalSeconds}'`,
    );
  }
  return after;
};

const describe = (region: Region, group: TargetGroup) => ({
  TargetGroupArn: group.arn,
  TargetGroupName: group.name,
  Protocol: group.protocol,
  ProtocolVersion: 'HTTP1',
  Port: group.port,
  VpcId: group.vpcId,
  TargetType: group.targetType,
  IpAddressType: 'ipv4',
  HealthCheckEnabled: true,
  HealthCheckProtocol: group.healthCheck.protocol,
  HealthCheckPort: group.healthCheck.port,
  HealthCheckPath: group.healthCheck.path,
  HealthCheckIntervalSeconds: group.healthCheck.intervalSeconds,
  HealthCheckTimeoutSeconds: group.healthCheck.timeoutSeconds,
  HealthyThresholdCount: group.healthCheck.healthyThreshold,
  UnhealthyThresholdCount: group.healthCheck.unhealthyThreshold,
  Matcher: { HttpCode: group.healthCheck.matcher },
  LoadBalancerArns: loadBalancersOf(region, group).map(({ arn }) => arn),
});

const attributesOf = (group: TargetGroup): TargetGroupAttribute[] =>
  [...group.attributes].map(([Key, Value]) => ({ Key, Value }));

const refuseOthers = (targetType: string | undefined) => {
  if (targetType === 'lambda' || targetType === 'alb') {
    throw new AwsError('ValidationError', `this sandbox has no targets of type ${targetType}`);
  }
};

/** Operations on target groups and their attributes. */
export const targetGroupOperations = (cloud: Cloud, state: State): Record<string, Operation> => ({
  CreateTargetGroup: (input: CreateTargetGroupInput, { region }: Caller) => {
    const current = state.of(region);
    const name = input.Name ?? '';
    refuseOthers(input.TargetType);
    if ([...current.targetGroups.values()].some((known) => known.name === name)) {
      throw new AwsError(
        'DuplicateTargetGroupNameException',
        `A target group with the same name '${name}' exists, but with different settings`,
      );
    }
    const fullName = `targetgroup/${name}/${cloud.id(16, hexadecimal)}`;
    const group: TargetGroup = {
      arn: `arn:aws:elasticloadbalancing:${region}:${cloud.account}:${fullName}`,
      name,
      fullName,
      port: input.Port ?? 80,
      protocol: input.Protocol ?? 'HTTP',
      targetType: input.TargetType ?? 'instance',
      vpcId: input.VpcId,
      healthCheck: healthCheckOf(input, defaultHealthCheck),
      attributes: new Map(Object.entries(defaultAttributes)),
      targets: new Map(),
      turn: 0,
    };
    current.targetGroups.set(group.arn, group);
    current.tags.set(
      group.arn,
      new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    );
    return { TargetGroups: [describe(current, group)] };
  },

  DescribeTargetGroups: (input: DescribeTargetGroupsInput, { region }: Caller) => {
    const current = state.of(region);
    const all = [...current.targetGroups.values()];
    const named = input.Names?.map((name) => {
      const found = all.find((group) => group.name === name);
      if (found) return found;
      throw new AwsError('TargetGroupNotFoundException', 'One or more target groups not found');
    });
    const byArn = input.TargetGroupArns?.map((arn) => targetGroupOf(current, arn));
    const loadBalancer = input.LoadBalancerArn && loadBalancerOf(current, input.LoadBalancerArn);
    const groups = (byArn ?? named ?? all).filter(
      (group) => !loadBalancer || loadBalancersOf(current, group).includes(loadBalancer),
    );
    const { items, next } = page(paging, groups, input);
    return { TargetGroups: items.map((group) => describe(current, group)), ...next };
  },

  ModifyTargetGroup: (input: ModifyTargetGroupInput, { region }: Caller) => {
    const current = state.of(region);
    const group = targetGroupOf(current, input.TargetGroupArn);
    group.healthCheck = healthCheckOf(input, group.healthCheck);
    return { TargetGroups: [describe(current, group)] };
  },

  DescribeTargetGroupAttributes: (input: { TargetGroupArn?: string }, { region }: Caller) => ({
    Attributes: attributesOf(targetGroupOf(state.of(region), input.TargetGroupArn)),
  }),

  ModifyTargetGroupAttributes: (
    input: { TargetGroupArn?: string; Attributes?: TargetGroupAttribute[] },
    { region }: Caller,
  ) => {
    const group = targetGroupOf(state.of(region), input.TargetGroupArn);
    for (const { Key = '', Value = '' } of input.Attributes ?? []) {
      if (Key === 'stickiness.enabled' && Value === 'true') {
        cloud.note(`Target group ${group.name}: stickiness has no effect in the sandbox`);
      }
      group.attributes.set(Key, Value);
    }
    return { Attributes: attributesOf(group) };
  },
});
