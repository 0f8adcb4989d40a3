/** Application Auto Scaling of a service of the fleet: an alarm that says the load is high sets the number of its tasks. */
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { EcsHalf } from '../../../infra/pair/props.ts';

/** Makes the service of a target scale: while the alarm `scaled-load` is red, it is to have four tasks. */
export const scaled = (scope: Construct, half: EcsHalf): EcsHalf => {
  const { service } = half;
  const target = new CfnScalableTarget(scope, 'ScalableTarget', {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/${service.cluster.clusterName}/${service.serviceName}`,
    minCapacity: 1,
    maxCapacity: 4,
  });
  const policy = new CfnScalingPolicy(scope, 'ScaleOut', {
    policyName: 'scale-out',
    policyType: 'StepScaling',
    scalingTargetId: target.ref,
    stepScalingPolicyConfiguration: {
      adjustmentType: 'ExactCapacity',
      stepAdjustments: [{ metricIntervalLowerBound: 0, scalingAdjustment: 4 }],
    },
  });
  new CfnAlarm(scope, 'Load', {
    alarmName: 'scaled-load',
    namespace: 'Load',
    metricName: 'Load',
    statistic: 'Sum',
    period: 60,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'ignore',
    alarmActions: [policy.ref],
  });
  return { ...half, suspendScaling: true };
};
