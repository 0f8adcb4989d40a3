/** Dimension that tells the two sides of a service apart. */
export const GROUP_DIMENSION = 'TargetGroup';

/** Dimension that tells the versions of a function apart; Prepare points it at those of a release. */
export const VERSION_DIMENSION = 'ExecutedVersion';

/** A load balancer as metrics name it, `app/<name>/<id>`, out of the ARN of one of its listeners. */
export const loadBalancerName = (listenerArn: string): string =>
  listenerArn.split('/').slice(1, 4).join('/');

/** A target group as metrics name it, `targetgroup/<name>/<id>`, out of its ARN. */
export const targetGroupName = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
