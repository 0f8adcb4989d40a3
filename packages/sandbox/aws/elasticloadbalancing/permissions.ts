import type { Caller, Permission, Service } from '../../cloud.ts';

type Asks = (input: any, caller: Caller) => readonly Permission[];

/** What IAM asks: an ARN where AWS knows one for the action, `*` for everything that only describes. */
export const permissions = (account: string): NonNullable<Service['permissions']> => {
  const on =
    (operation: string, resource: (input: any, caller: Caller) => string): Asks =>
    (input, caller) => [
      { action: `elasticloadbalancing:${operation}`, resource: resource(input, caller) },
    ];
  const named =
    (path: string) =>
    (input: any, { region }: Caller) =>
      `arn:aws:elasticloadbalancing:${region}:${account}:${path}/${input.Name}/*`;
  const member = (name: string) => (input: any) => input[name];

  const table: Record<string, (input: any, caller: Caller) => string> = {
    CreateLoadBalancer: named('loadbalancer/app'),
    CreateTargetGroup: named('targetgroup'),
    CreateListener: member('LoadBalancerArn'),
    ModifyListener: member('ListenerArn'),
    AddListenerCertificates: member('ListenerArn'),
    CreateRule: member('ListenerArn'),
    ModifyRule: member('RuleArn'),
    DeleteRule: member('RuleArn'),
    ModifyLoadBalancerAttributes: member('LoadBalancerArn'),
    ModifyTargetGroup: member('TargetGroupArn'),
    ModifyTargetGroupAttributes: member('TargetGroupArn'),
    RegisterTargets: member('TargetGroupArn'),
    DeregisterTargets: member('TargetGroupArn'),
  };
  return {
    ...Object.fromEntries(
      Object.entries(table).map(([operation, resource]) => [operation, on(operation, resource)]),
    ),
    AddTags: (input) =>
      (input.ResourceArns ?? []).map((resource: string) => ({
        action: 'elasticloadbalancing:AddTags',
        resource,
      })),
  };
};
