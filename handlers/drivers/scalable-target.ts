/** The scalable target of a service, by which Application Auto Scaling sets the number of its tasks. */

import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { ON_TASKS, resourceIdOf } from '../../core/drivers/codedeploy-ecs/scaling.ts';
import type { ScaledTarget, SuspendedState } from '../../core/record/scaling.ts';
import { SILENT } from '../aws/silent.ts';
import { asPair, type Release } from './pair-role.ts';

/** Makes a call about the scaling of a service as the role that its pair brings for it. */
const asItsPair = <T>(
  release: Release,
  { registration: { name, scalingRole } }: ScaledTarget,
  call: (scaling: ApplicationAutoScalingClient) => Promise<T>,
): Promise<T> =>
  asPair(
    release,
    { arn: scalingRole, name: `scalingRole of ${name}` },
    'set the scaling of the service',
    async (credentials) => {
      const scaling = new ApplicationAutoScalingClient({ ...SILENT, credentials });
      try {
        return await call(scaling);
      } finally {
        scaling.destroy();
      }
    },
  );

/** What of the scaling of a service is suspended; undefined if nothing scales it. */
export const readSuspended = async (
  release: Release,
  target: ScaledTarget,
): Promise<SuspendedState | undefined> => {
  const command = new DescribeScalableTargetsCommand({
    ...ON_TASKS,
    ResourceIds: [resourceIdOf(target.registration)],
  });
  const { ScalableTargets = [] } = await asItsPair(release, target, (scaling) =>
    scaling.send(command),
  );
  const [found] = ScalableTargets;
  if (!found) return undefined;
  const {
    DynamicScalingInSuspended = false,
    DynamicScalingOutSuspended = false,
    ScheduledScalingSuspended = false,
  } = found.SuspendedState ?? {};
  return { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended };
};

/** Sets what of the scaling of a service is suspended; its bounds stay as they are. */
export const suspend = async (
  release: Release,
  target: ScaledTarget,
  SuspendedState: SuspendedState,
): Promise<void> => {
  const command = new RegisterScalableTargetCommand({
    ...ON_TASKS,
    ResourceId: resourceIdOf(target.registration),
    SuspendedState,
  });
  await asItsPair(release, target, (scaling) => scaling.send(command));
};
