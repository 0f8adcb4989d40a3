/** The listeners of a target group pair: which group is live, and how its traffic is moved. */
import type { TargetGroupPairInfo } from '@aws-sdk/client-codedeploy';
import type { Act } from './acting.ts';
import { DeploymentFailure } from './failure.ts';

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

/** Refuses a pair whose listeners do not lead to it: traffic could not be moved. */
export const checkListeners = async (
  act: Act,
  { groups, productionListener, testListener }: Pair,
  primary: TargetGroup,
): Promise<void> => {
  const production = await weightsOf(act, productionListener);
  if (!(production.get(primary.arn)! > 0)) throw misled(productionListener);
  if (testListener === undefined) return;
  const test = await weightsOf(act, testListener);
  if (!groups.some(({ arn }) => test.has(arn))) throw misled(testListener);
};

const misled = (listener: string) =>
  new DeploymentFailure(
    'ELASTIC_LOAD_BALANCING_INVALID',
    `The ELB could not be updated due to the following error: Primary taskset target group must be behind listener ${listener}`,
  );

/**
 * Gives `percent` of a listener's traffic to one group and the rest to the other. The idle group stays on the
 * listener with the weight 0, and stickiness stays as it is.
 */
export const route = async (
  act: Act,
  listener: string,
  to: TargetGroup,
  from: TargetGroup,
  percent: number,
): Promise<void> => {
  const forward = await forwardOf(act, listener);
  await act('elasticloadbalancing', 'ModifyListener', {
    ListenerArn: listener,
    DefaultActions: [
      {
        Type: 'forward',
        ...(forward?.Order !== undefined && { Order: forward.Order }),
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: to.arn, Weight: percent },
            { TargetGroupArn: from.arn, Weight: 100 - percent },
          ],
          ...(forward?.ForwardConfig?.TargetGroupStickinessConfig && {
            TargetGroupStickinessConfig: forward.ForwardConfig.TargetGroupStickinessConfig,
          }),
        },
      },
    ],
  });
};

const forwardOf = async (act: Act, listener: string): Promise<any> => {
  const { Listeners = [] } = await act('elasticloadbalancing', 'DescribeListeners', {
    ListenerArns: [listener],
  });
  return Listeners[0]?.DefaultActions?.find((action: any) => action.Type === 'forward');
};

const weightsOf = async (act: Act, listener: string): Promise<ReadonlyMap<string, number>> => {
  const forward = await forwardOf(act, listener);
  const groups: readonly any[] = forward?.ForwardConfig?.TargetGroups ?? [
    { TargetGroupArn: forward?.TargetGroupArn },
  ];
  return new Map(groups.map(({ TargetGroupArn, Weight = 1 }) => [TargetGroupArn, Weight]));
};
