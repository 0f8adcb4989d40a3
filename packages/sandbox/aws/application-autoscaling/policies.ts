import type { PutScalingPolicyRequest } from '@aws-sdk/client-application-auto-scaling';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { checkKind, type ScalableTarget, type ScalingPolicy, serviceOf } from './state.ts';
import { targetOf } from './targets.ts';

/** The capacity that a policy sets; throws ValidationException for a policy of any other kind. */
const capacityOf = ({ PolicyType, StepScalingPolicyConfiguration }: PutScalingPolicyRequest) => {
  const { AdjustmentType, StepAdjustments = [] } = StepScalingPolicyConfiguration ?? {};
  const [step, ...more] = StepAdjustments;
  if (
    PolicyType === 'TargetTrackingScaling' ||
    AdjustmentType !== 'ExactCapacity' ||
    more.length > 0
  )
    throw new AwsError(
      'ValidationException',
      'this sandbox knows step scaling policies with one step and the adjustment type ExactCapacity only',
    );
  return step?.ScalingAdjustment ?? 0;
};

/** Operations on scaling policies. `ExecutePolicy` is no operation of AWS: an alarm action carries a policy out by it. */
export const policyOperations = (
  cloud: Cloud,
  targetsOf: (region: string) => Map<string, ScalableTarget>,
): Record<string, Operation> => {
  /** Sets the number of tasks as a policy asks, within the target's bounds, unless that is suspended. */
  const scale = async (region: string, target: ScalableTarget, { capacity }: ScalingPolicy) => {
    const { cluster, service } = serviceOf(target.resourceId);
    const ask = (operation: string, input: object) =>
      cloud.call({
        principal: { kind: 'service', service: 'ecs.application-autoscaling.amazonaws.com' },
        region,
        service: 'ecs',
        operation,
        input: { cluster, ...input },
      });
    const { services } = await ask('DescribeServices', { services: [service] });
    const desired: number = services[0]?.desiredCount ?? 0;
    const wanted = Math.min(target.maximum, Math.max(target.minimum, capacity));
    const { DynamicScalingInSuspended, DynamicScalingOutSuspended } = target.suspended;
    if (wanted > desired ? DynamicScalingOutSuspended : DynamicScalingInSuspended) return;
    if (wanted !== desired) await ask('UpdateService', { service, desiredCount: wanted });
  };

  return {
    PutScalingPolicy: (input: PutScalingPolicyRequest, { region }: Caller) => {
      checkKind(input.ServiceNamespace, input.ScalableDimension);
      const target = targetOf(targetsOf(region), input);
      const name = input.PolicyName ?? '';
      const id = cloud.id(32, '0123456789abcdef');
      const arn =
        target.policies.get(name)?.arn ??
        `arn:aws:autoscaling:${region}:${cloud.account}:scalingPolicy:${id}:resource/ecs/${target.resourceId}:policyName/${name}`;
      target.policies.set(name, { name, arn, capacity: capacityOf(input) });
      return { PolicyARN: arn, Alarms: [] };
    },

    ExecutePolicy: async ({ PolicyARN }: { PolicyARN: string }, { region }: Caller) => {
      for (const target of targetsOf(region).values()) {
        const policy = [...target.policies.values()].find(({ arn }) => arn === PolicyARN);
        if (policy) return scale(region, target, policy);
      }
      throw new AwsError('ObjectNotFoundException', `No scaling policy found for ARN ${PolicyARN}`);
    },
  };
};
