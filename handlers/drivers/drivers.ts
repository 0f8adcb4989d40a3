import type { TargetRecord } from '../../core/record/record.ts';
import type { Target } from '../../core/release/target.ts';
import { ecsDriver } from './codedeploy-ecs/moving.ts';
import { lambdaDriver } from './codedeploy-lambda/moving.ts';
import type { TargetDriver } from './driver.ts';

const drivers: Record<Target['driver'], TargetDriver> = {
  'codedeploy-ecs': ecsDriver,
  'codedeploy-lambda': lambdaDriver,
};

/** The driver that a target's registration names. */
export const driverOf = (target: TargetRecord): TargetDriver => drivers[target.registration.driver];
