/** Application Auto Scaling: scalable targets of ECS services, and step scaling policies that alarms carry out. */
import type { Caller, Cloud, Permission, Service } from '../../cloud.ts';
import { policyOperations } from './policies.ts';
import { scalableTargetResource, scalingPolicyResource } from './resources.ts';
import { DIMENSION, NAMESPACE, type ScalableTarget, serviceOf } from './state.ts';
import { targetOperations } from './targets.ts';

/** Actions of ECS that a caller must have on the service: Application Auto Scaling tries them (user guide, "Permissions validation for Application Auto Scaling API calls on target resources"). */
const VALIDATED = ['ecs:DescribeServices', 'ecs:UpdateService'];

/** Makes Application Auto Scaling. */
export const applicationAutoscalingService = (cloud: Cloud): Service => {
  const regions = new Map<string, Map<string, ScalableTarget>>();
  const targetsOf = (region: string) => {
    const known = regions.get(region) ?? new Map<string, ScalableTarget>();
    regions.set(region, known);
    return known;
  };

  const onTarget =
    (operation: string) =>
    (input: any, { region }: Caller): Permission[] => {
      const { cluster, service } = serviceOf(input.ResourceId);
      const known = targetsOf(region).get(input.ResourceId);
      const prefix = `arn:aws:application-autoscaling:${region}:${cloud.account}`;
      return [
        {
          action: `application-autoscaling:${operation}`,
          resource: known?.arn ?? `${prefix}:scalable-target/*`,
          context: {
            'application-autoscaling:service-namespace': input.ServiceNamespace ?? NAMESPACE,
            'application-autoscaling:scalable-dimension': input.ScalableDimension ?? DIMENSION,
          },
        },
        ...VALIDATED.map((action) => ({
          action,
          resource: `arn:aws:ecs:${region}:${cloud.account}:service/${cluster}/${service}`,
        })),
      ];
    };

  return {
    id: 'application-autoscaling',
    operations: { ...targetOperations(cloud, targetsOf), ...policyOperations(cloud, targetsOf) },
    permissions: Object.fromEntries(
      ['RegisterScalableTarget', 'DeregisterScalableTarget', 'PutScalingPolicy'].map((name) => [
        name,
        onTarget(name),
      ]),
    ),
    resources: {
      'AWS::ApplicationAutoScaling::ScalableTarget': scalableTargetResource,
      'AWS::ApplicationAutoScaling::ScalingPolicy': scalingPolicyResource,
    },
  };
};
