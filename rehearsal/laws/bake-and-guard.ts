import { movingTargets, type ReleaseRecord, type TargetRecord } from '../../core/record/record.ts';
import { minutes, toMilliseconds } from '../../core/text/time.ts';
import { type Deployment, isWrittenByHand, type Law } from './law.ts';

const lasted = (from: string | undefined, to: string | undefined, wanted: number): boolean =>
  from !== undefined && to !== undefined && toMilliseconds(to) - toMilliseconds(from) >= wanted;

/** What a promoted release lacks. The bake counts by CodeDeploy's own record: what the release made of it may be what is wrong. */
const lacking = (record: ReleaseRecord, deployments: readonly Deployment[]): readonly string[] => {
  const { release, times, policy, commands } = record;
  const deploymentOf = ({ forward }: TargetRecord) =>
    deployments.find(({ deploymentId }) => deploymentId === forward);
  const moved = movingTargets(record);
  const arrived = moved.map((one) => deploymentOf(one)?.arrived ?? Number.POSITIVE_INFINITY);
  const baked = toMilliseconds(times.decided ?? times.started) - Math.max(...arrived);
  return [
    ...(!commands.promote && baked < minutes(policy.bakeMinutes)
      ? [`${release} was promoted before its bake was over`]
      : []),
    ...(lasted(times.guarded, times.guardEnded, minutes(policy.guardMinutes))
      ? []
      : [`${release} was promoted before its guard was over`]),
    ...moved.flatMap((one) => {
      const status = deploymentOf(one)?.status;
      return status === 'Succeeded'
        ? []
        : [`${release} was promoted, but the deployment of ${one.name} is ${status}`];
    }),
  ];
};

/** A promoted release has all of its bake and all of its guard behind it, and deployments that succeeded. */
export const bakeAndGuard: Law = {
  name: 'bake-and-guard',
  says: 'A promoted release has its whole bake and its whole guard behind it.',
  broken: ({ releases, deployments }) =>
    releases.flatMap((left) =>
      left.record?.end === 'Promoted' && !isWrittenByHand(left)
        ? lacking(left.record, deployments)
        : [],
    ),
};
