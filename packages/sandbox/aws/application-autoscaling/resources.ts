import type { ResourceProvider } from '../../cloud.ts';

/** `AWS::ApplicationAutoScaling::ScalableTarget`, of an ECS service. */
export const scalableTargetResource: ResourceProvider = {
  properties: [
    'MaxCapacity',
    'MinCapacity',
    'ResourceId',
    'ScalableDimension',
    'ServiceNamespace',
    'SuspendedState',
  ],
  ignored: ['RoleARN', 'ScheduledActions'],
  create: async ({ MaxCapacity, MinCapacity, ...properties }, { call }) => {
    const { ResourceId, ScalableDimension, ServiceNamespace } = properties;
    const { ScalableTargetARN } = await call('application-autoscaling', 'RegisterScalableTarget', {
      ...properties,
      MaxCapacity: Number(MaxCapacity),
      MinCapacity: Number(MinCapacity),
    });
    return {
      ref: `${ResourceId}|${ScalableDimension}|${ServiceNamespace}`,
      attributes: { Id: ScalableTargetARN },
    };
  },
};

/**
 * `AWS::ApplicationAutoScaling::ScalingPolicy`: a step scaling policy is carried out by its alarms. Any other kind makes
 * alarms of its own, which this sandbox does not evaluate: it is accepted, and never scales.
 */
export const scalingPolicyResource: ResourceProvider = {
  properties: [
    'PolicyName',
    'PolicyType',
    'ResourceId',
    'ScalableDimension',
    'ScalingTargetId',
    'ServiceNamespace',
    'StepScalingPolicyConfiguration',
  ],
  ignored: ['PredictiveScalingPolicyConfiguration', 'TargetTrackingScalingPolicyConfiguration'],
  create: async ({ ScalingTargetId = '', ...properties }, { call, physicalName }) => {
    if (properties.PolicyType !== 'StepScaling') return { ref: physicalName() };
    const [ResourceId, ScalableDimension, ServiceNamespace] = ScalingTargetId.split('|');
    const { PolicyARN } = await call('application-autoscaling', 'PutScalingPolicy', {
      ...(ScalingTargetId ? { ResourceId, ScalableDimension, ServiceNamespace } : {}),
      ...properties,
    });
    return { ref: PolicyARN };
  },
};
