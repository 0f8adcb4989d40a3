/** The listeners of a target group pair: which group is live, and how its traffic is moved. */
import type { TargetGroupPairInfo } from '@aws-sdk/client-codedeploy';
import type { Act } from './acting.ts';
import { DeploymentFailure } from './failure.ts';
import type { Run } from './run.ts';

export interface TargetGroup {
  readonly name: string;
  readonly arn: string;
}

/** A pair of target groups with its listeners. */
export interface Pair {
  readonly groups: readonly TargetGroup[];
  readonly productionListener: string;
  readonly testListener: string | undefined;
}

/** Finds the target groups that a deployment group names. */
export const readPair = async (act: Act, info: TargetGroupPairInfo | undefined): Promise<Pair> => {
  const names = (info?.targetGroups ?? []).map(({ name }) => name as string);
  const { TargetGroups = [] } = await act('elasticloadbalancing', 'DescribeTargetGroups', {
    Names: names,
  });
  return {
    groups: names.map((name) => ({
      name,
      arn: TargetGroups.find((group: any) => group.TargetGroupName === name)?.TargetGroupArn,
    })),
    productionListener: info?.prodTrafficRoute?.listenerArns?.[0] as string,
    testListener: info?.testTrafficRoute?.listenerArns?.[0],
  };
};

/** An action of a listener that forwards to groups of the pair: its default one, or that of a rule. */
interface Forward {
  readonly listener: string;
  /** ARN of the rule; the default action has none. */
  readonly rule: string | undefined;
  readonly action: any;
}

const groupsOf = ({ ForwardConfig, TargetGroupArn }: any): readonly any[] =>
  ForwardConfig?.TargetGroups ?? [{ TargetGroupArn }];

const weightsOf = ({ action }: Forward): ReadonlyMap<string, number> =>
  new Map(groupsOf(action).map(({ TargetGroupArn, Weight = 1 }) => [TargetGroupArn, Weight]));

/** The actions of a listener that forward to groups of the pair, in the order in which a request meets them. */
const forwardsOf = async (
  act: Act,
  listener: string,
  groups: readonly TargetGroup[],
): Promise<readonly Forward[]> => {
  const { Listeners = [] } = await act('elasticloadbalancing', 'DescribeListeners', {
    ListenerArns: [listener],
  });
  const { Rules = [] } = await act('elasticloadbalancing', 'DescribeRules', {
    ListenerArn: listener,
  });
  const own = new Set(groups.map(({ arn }) => arn));
  return [
    ...Rules.filter(({ IsDefault }: any) => !IsDefault).map(({ RuleArn, Actions }: any) => ({
      rule: RuleArn,
      actions: Actions,
    })),
    { rule: undefined, actions: Listeners[0]?.DefaultActions ?? [] },
  ].flatMap(({ rule, actions }) =>
    actions
      .filter((action: any) => action.Type === 'forward')
      .filter((action: any) => groupsOf(action).some((one) => own.has(one.TargetGroupArn)))
      .map((action: any) => ({ listener, rule, action })),
  );
};

/** Refuses a pair whose listeners do not lead to it: traffic could not be moved. */
export const checkListeners = async (
  act: Act,
  { groups, productionListener, testListener }: Pair,
  primary: TargetGroup,
): Promise<void> => {
  const production = await forwardsOf(act, productionListener, groups);
  if (!production.some((one) => weightsOf(one).get(primary.arn)! > 0)) {
    throw misled(productionListener);
  }
  if (testListener === undefined) return;
  const test = await forwardsOf(act, testListener, groups);
  if (test.length === 0) throw misled(testListener);
};

const misled = (listener: string) =>
  new DeploymentFailure(
    'ELASTIC_LOAD_BALANCING_INVALID',
    `The ELB could not be updated due to the following error: Primary taskset target group must be behind listener ${listener}`,
  );

/**
 * Gives `percent` of what a listener sends to the pair to one group and the rest to the other. The idle group stays
 * where it is with the weight 0, stickiness and conditions stay as they are, and so does every action that forwards
 * elsewhere. Which of several actions move is a quirk: no document says it.
 */
export const route = async (
  { act, cloud: { quirks } }: Pick<Run, 'act' | 'cloud'>,
  listener: string,
  to: TargetGroup,
  from: TargetGroup,
  percent: number,
): Promise<void> => {
  const forwards = await forwardsOf(act, listener, [to, from]);
  if (forwards.length === 0) throw misled(listener);
  for (const { rule, action } of quirks.movedActions === 'all' ? forwards : forwards.slice(0, 1)) {
    const actions = [shifted(action, to, from, percent)];
    await (rule === undefined
      ? act('elasticloadbalancing', 'ModifyListener', {
          ListenerArn: listener,
          DefaultActions: actions,
        })
      : act('elasticloadbalancing', 'ModifyRule', { RuleArn: rule, Actions: actions }));
  }
};

const shifted = (
  { Order, ForwardConfig }: any,
  to: TargetGroup,
  from: TargetGroup,
  percent: number,
) => ({
  Type: 'forward',
  ...(Order !== undefined && { Order }),
  ForwardConfig: {
    TargetGroups: [
      { TargetGroupArn: to.arn, Weight: percent },
      { TargetGroupArn: from.arn, Weight: 100 - percent },
    ],
    ...(ForwardConfig?.TargetGroupStickinessConfig && {
      TargetGroupStickinessConfig: ForwardConfig.TargetGroupStickinessConfig,
    }),
  },
});
