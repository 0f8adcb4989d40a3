/** Reads an ECS service back: from its listener, its target groups and its task sets. */
import type { EcsTarget } from '../../../core/drivers/target.ts';
import type { Call, ReadingBack, ReleasedTarget } from './driver.ts';

interface Group {
  readonly TargetGroupArn: string;
  readonly Weight?: number;
}

/** Target groups behind a service's production listener, each with its weight: of the first action that names one of its own. */
const groupsBehind = async (
  call: Call,
  { productionListener, targetGroups }: EcsTarget,
): Promise<readonly Group[]> => {
  const { Rules } = await call('elasticloadbalancing', 'DescribeRules', {
    ListenerArn: productionListener,
  });
  const behind: Group[][] = Rules.flatMap(({ Actions }: any) =>
    Actions.map(
      ({ ForwardConfig, TargetGroupArn }: any) =>
        ForwardConfig?.TargetGroups ?? [{ TargetGroupArn }],
    ),
  );
  return (
    behind.find((groups) => groups.some((one) => targetGroups.includes(one.TargetGroupArn))) ?? []
  );
};

/** ARN of green's target group; undefined before its tasks are registered anywhere. */
const greenGroup = ({ groups = {}, to }: ReleasedTarget): string | undefined =>
  Object.keys(groups).find((arn) => groups[arn] === to?.name);

/** Reads a service back. */
export const readingBackService: ReadingBack<EcsTarget> = {
  async live(call, target) {
    const { cluster, service } = target;
    const serving = (await groupsBehind(call, target)).filter(({ Weight = 1 }) => Weight > 0);
    if (serving.length !== 1) return 'mixed';
    const { services } = await call('ecs', 'DescribeServices', { cluster, services: [service] });
    const set = services[0].taskSets.find(
      ({ loadBalancers }: { loadBalancers: { targetGroupArn: string }[] }) =>
        loadBalancers.some(({ targetGroupArn }) => targetGroupArn === serving[0]!.TargetGroupArn),
    );
    return set ? set.taskDefinition.slice(set.taskDefinition.lastIndexOf('/') + 1) : 'nothing';
  },

  async greenShare(call, target) {
    const groups = await groupsBehind(call, target.registration);
    const green = greenGroup(target);
    const weights = groups.map(({ Weight = 1 }) => Weight);
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const own = weights[groups.findIndex(({ TargetGroupArn }) => TargetGroupArn === green)] ?? 0;
    return all === 0 ? 0 : (100 * own) / all;
  },

  async greenTasks(call, target) {
    const green = greenGroup(target);
    if (!green) return undefined;
    const { TargetHealthDescriptions: all } = await call(
      'elasticloadbalancing',
      'DescribeTargetHealth',
      { TargetGroupArn: green },
    );
    if (all.length === 0) return undefined;
    const healthy = all.filter(
      ({ TargetHealth }: { TargetHealth: { State: string } }) => TargetHealth.State === 'healthy',
    );
    return { healthy: healthy.length, all: all.length };
  },
};
