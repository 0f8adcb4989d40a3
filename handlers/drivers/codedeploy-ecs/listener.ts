import {
  DescribeListenersCommand,
  ListenerNotFoundException,
  paginateDescribeRules,
  paginateDescribeTargetGroups,
  type Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ListenerAction } from '../../../core/drivers/codedeploy-ecs/forwarding.ts';
import { elasticloadbalancing as balancer } from '../../aws/elasticloadbalancing.ts';

const actionOf = ({
  Priority = 'default',
  Actions = [],
  Conditions = [],
}: Rule): ListenerAction => {
  // An action before the last one only looks at who comes.
  const { Type = 'none', ForwardConfig, TargetGroupArn } = Actions.at(-1) ?? {};
  const groups = ForwardConfig?.TargetGroups ?? (TargetGroupArn ? [{ TargetGroupArn }] : []);
  return {
    rule: Priority,
    type: Type,
    groups: groups.map(({ TargetGroupArn: targetGroup = '', Weight: weight = 1 }) => ({
      targetGroup,
      weight,
    })),
    hosts: Conditions.filter(({ Field }) => Field === 'host-header').flatMap(
      ({ HostHeaderConfig, Values = [] }) => HostHeaderConfig?.Values ?? Values,
    ),
  };
};

/** Reads what a listener does with requests: its rules by priority, and its default action last. */
export const readActions = async (listener: string): Promise<readonly ListenerAction[]> => {
  const actions: ListenerAction[] = [];
  const pages = paginateDescribeRules({ client: balancer }, { ListenerArn: listener });
  for await (const { Rules = [] } of pages) actions.push(...Rules.map(actionOf));
  return actions;
};

/** Reads the protocol of a listener; undefined if there is no such listener. */
export const readProtocol = async (listener: string): Promise<string | undefined> => {
  try {
    const { Listeners = [] } = await balancer.send(
      new DescribeListenersCommand({ ListenerArns: [listener] }),
    );
    return Listeners[0]?.Protocol ?? 'HTTP';
  } catch (error) {
    if (error instanceof ListenerNotFoundException) return undefined;
    throw error;
  }
};

/** Whether a load balancer, by the ARN of a listener, has other target groups than these: other services' requests. */
export const isShared = async (
  listener: string,
  targetGroups: readonly string[],
): Promise<boolean> => {
  const LoadBalancerArn = listener.replace(':listener/', ':loadbalancer/').replace(/\/[^/]*$/, '');
  const pages = paginateDescribeTargetGroups({ client: balancer }, { LoadBalancerArn });
  for await (const { TargetGroups = [] } of pages) {
    if (TargetGroups.some(({ TargetGroupArn = '' }) => !targetGroups.includes(TargetGroupArn)))
      return true;
  }
  return false;
};
