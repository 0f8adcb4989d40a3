/** The scalable target of a service, by which Application Auto Scaling sets the number of its tasks. */
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { resourceIdOf, type SuspendedState } from '../core/scaling.ts';
import type { EcsTarget } from '../core/target.ts';

const scaling = new ApplicationAutoScalingClient();

const ON_TASKS = {
  ServiceNamespace: 'ecs',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

/** What of the scaling of a service is suspended; undefined if nothing scales it. */
export const readSuspended = async (target: EcsTarget): Promise<SuspendedState | undefined> => {
  const { ScalableTargets = [] } = await scaling.send(
    new DescribeScalableTargetsCommand({ ...ON_TASKS, ResourceIds: [resourceIdOf(target)] }),
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
export const suspend = async (target: EcsTarget, state: SuspendedState): Promise<void> => {
  await scaling.send(
    new RegisterScalableTargetCommand({
      ...ON_TASKS,
      ResourceId: resourceIdOf(target),
      SuspendedState: state,
    }),
  );
};
