import type { ResourceContext, ResourceProvider } from '../../cloud.ts';

const call = (context: ResourceContext, operation: string, input: unknown) =>
  context.call('elasticloadbalancing', operation, input);

/** `<kind>/a/b` as it stands at the end of an ARN. */
const fullName = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1);

const loadBalancer: ResourceProvider = {
  properties: [
    'Name',
    'Scheme',
    'Type',
    'Subnets',
    'SubnetMappings',
    'SecurityGroups',
    'LoadBalancerAttributes',
    'Tags',
  ],
  ignored: ['IpAddressType'],
  create: async (properties, context) => {
    const { LoadBalancerAttributes, ...input } = properties;
    const answer = await call(context, 'CreateLoadBalancer', {
      ...input,
      Name: properties.Name ?? context.physicalName(32),
    });
    const [created] = answer.LoadBalancers;
    if (LoadBalancerAttributes) {
      await call(context, 'ModifyLoadBalancerAttributes', {
        LoadBalancerArn: created.LoadBalancerArn,
        Attributes: LoadBalancerAttributes,
      });
    }
    return {
      ref: created.LoadBalancerArn,
      attributes: {
        LoadBalancerArn: created.LoadBalancerArn,
        LoadBalancerName: created.LoadBalancerName,
        LoadBalancerFullName: fullName(created.LoadBalancerArn).replace('loadbalancer/', ''),
        DNSName: created.DNSName,
        CanonicalHostedZoneID: created.CanonicalHostedZoneId,
        SecurityGroups: created.SecurityGroups,
      },
    };
  },
};

/** Numbers may be written as text in a template. */
const numeric = (properties: Record<string, any>, names: readonly string[]) =>
  Object.fromEntries(
    names
      .filter((name) => properties[name] !== undefined)
      .map((name) => [name, Number(properties[name])]),
  );

const targetGroup: ResourceProvider = {
  properties: [
    'Name',
    'Port',
    'Protocol',
    'TargetType',
    'VpcId',
    'HealthCheckPath',
    'HealthCheckPort',
    'HealthCheckProtocol',
    'HealthCheckIntervalSeconds',
    'HealthCheckTimeoutSeconds',
    'HealthyThresholdCount',
    'UnhealthyThresholdCount',
    'Matcher',
    'TargetGroupAttributes',
    'Targets',
    'Tags',
  ],
  ignored: ['HealthCheckEnabled', 'IpAddressType', 'ProtocolVersion'],
  create: async (properties, context) => {
    const { TargetGroupAttributes, Targets, ...input } = properties;
    const answer = await call(context, 'CreateTargetGroup', {
      ...input,
      ...numeric(properties, [
        'Port',
        'HealthCheckIntervalSeconds',
        'HealthCheckTimeoutSeconds',
        'HealthyThresholdCount',
        'UnhealthyThresholdCount',
      ]),
      Name: properties.Name ?? context.physicalName(32),
    });
    const [{ TargetGroupArn, TargetGroupName }] = answer.TargetGroups;
    if (TargetGroupAttributes) {
      await call(context, 'ModifyTargetGroupAttributes', {
        TargetGroupArn,
        Attributes: TargetGroupAttributes,
      });
    }
    if (Targets) await call(context, 'RegisterTargets', { TargetGroupArn, Targets });
    return {
      ref: TargetGroupArn,
      attributes: {
        TargetGroupArn,
        TargetGroupName,
        TargetGroupFullName: fullName(TargetGroupArn),
        LoadBalancerArns: [],
      },
    };
  },
};

const listener: ResourceProvider = {
  properties: ['LoadBalancerArn', 'Port', 'Protocol', 'DefaultActions', 'Certificates'],
  ignored: ['SslPolicy', 'AlpnPolicy', 'ListenerAttributes', 'MutualAuthentication'],
  create: async (properties, context) => {
    const answer = await call(context, 'CreateListener', {
      ...properties,
      Port: Number(properties.Port),
    });
    const [{ ListenerArn }] = answer.Listeners;
    return { ref: ListenerArn, attributes: { ListenerArn } };
  },
};

const listenerCertificate: ResourceProvider = {
  properties: ['ListenerArn', 'Certificates'],
  create: async (properties, context) => {
    await call(context, 'AddListenerCertificates', properties);
    return { ref: context.physicalName() };
  },
};

const listenerRule: ResourceProvider = {
  properties: ['ListenerArn', 'Priority', 'Conditions', 'Actions', 'Tags'],
  ignored: ['Transforms'],
  create: async (properties, context) => {
    const answer = await call(context, 'CreateRule', {
      ...properties,
      Priority: Number(properties.Priority),
    });
    const [{ RuleArn }] = answer.Rules;
    return { ref: RuleArn, attributes: { RuleArn, IsDefault: false } };
  },
};

/** CloudFormation's types of Elastic Load Balancing v2. */
export const resources: Readonly<Record<string, ResourceProvider>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': listenerCertificate,
  'AWS::ElasticLoadBalancingV2::ListenerRule': listenerRule,
};
