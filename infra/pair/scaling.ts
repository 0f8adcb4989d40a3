/** The role as which `set-scaling` suspends and restores Application Auto Scaling of one service. */
import { Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { arnOf } from '../arn.ts';
import { roleForStep } from '../inline-role.ts';
import type { EcsHalf } from './props.ts';

/** Suspends and restores the scaling of a service. @internal */
export const setScaling = (scope: Construct, { service }: EcsHalf): PolicyStatement[] => [
  // Reading scalable targets knows no resource.
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['application-autoscaling:DescribeScalableTargets'],
    resources: ['*'],
  }),
  // AWS draws the id of a scalable target, so its ARN cannot be named before it exists.
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['application-autoscaling:RegisterScalableTarget'],
    resources: [arnOf(scope, 'application-autoscaling', 'scalable-target/*')],
    conditions: {
      StringEquals: {
        'application-autoscaling:service-namespace': 'ecs',
        'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
      },
    },
  }),
  // Application Auto Scaling refuses a caller who may not do to the service what it would do: to this one, and no other.
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
    resources: [
      arnOf(scope, 'ecs', `service/${service.cluster.clusterName}/${service.serviceName}`),
    ],
  }),
];

/** Makes the role; only `set-scaling` of this account and Region may assume it. */
export const scalingRole = (scope: Construct, half: EcsHalf): IRole =>
  roleForStep(scope, 'ScalingRole', 'set-scaling', setScaling(scope, half));
