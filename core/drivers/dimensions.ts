import type { Target } from '../release/target.ts';

/** Dimension that tells the two sides of a service apart. */
export const GROUP_DIMENSION = 'TargetGroup';

/** Dimension that tells the versions of a function apart; Prepare points it at those of a release. */
export const VERSION_DIMENSION = 'ExecutedVersion';

/** A load balancer as metrics name it, `app/<name>/<id>`, out of the ARN of one of its listeners. */
export const loadBalancerName = (listenerArn: string): string =>
  listenerArn.split('/').slice(1, 4).join('/');

/** A target group as metrics name it, `targetgroup/<name>/<id>`, out of its ARN. */
export const targetGroupName = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** Values that the metrics of a target have, by dimension (user guides of Elastic Load Balancing and Lambda). */
export const wantedDimensions = (target: Target): Readonly<Record<string, readonly string[]>> =>
  target.kind === 'ecs'
    ? {
        LoadBalancer: [loadBalancerName(target.productionListener)],
        [GROUP_DIMENSION]: target.targetGroups.map(targetGroupName),
      }
    : {
        FunctionName: [target.function],
        Resource: [`${target.function}:${target.alias}`],
      };
