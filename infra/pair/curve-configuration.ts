/** The CodeDeploy configuration with which one platform follows a curve. */
import { CfnDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy';
import type { Construct } from 'constructs';
import { configurationOf } from '../../core/drivers/curves.ts';
import { DRIVERS } from '../../core/drivers/drivers.ts';
import type { Target } from '../../core/drivers/target.ts';
import type { Curve } from '../../core/release/curve.ts';

const routing = (
  curve: Exclude<Curve, { type: 'all-at-once' }>,
): CfnDeploymentConfig.TrafficRoutingConfigProperty =>
  curve.type === 'canary'
    ? {
        type: 'TimeBasedCanary',
        timeBasedCanary: { canaryPercentage: curve.percent, canaryInterval: curve.minutes },
      }
    : {
        type: 'TimeBasedLinear',
        timeBasedLinear: { linearPercentage: curve.percent, linearInterval: curve.minutes },
      };

/** Name of the configuration; one that AWS does not predefine is created, unless another pair has done so. */
export const curveConfiguration = (
  scope: Construct,
  driver: Target['driver'],
  curve: Curve,
  missing: 'create' | 'existing',
): string => {
  const { name, predefined } = configurationOf(driver, curve);
  if (predefined || missing === 'existing' || curve.type === 'all-at-once') return name;
  return new CfnDeploymentConfig(scope, 'Curve', {
    deploymentConfigName: name,
    computePlatform: DRIVERS[driver].platform,
    trafficRoutingConfig: routing(curve),
  }).ref;
};
