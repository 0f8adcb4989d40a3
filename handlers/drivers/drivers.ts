import type { Target } from '../../core/drivers/target.ts';
import type { TargetRecord } from '../../core/record/record.ts';
import type { Attempt } from '../function/visit.ts';
import { ecsDriver } from './codedeploy-ecs/moving.ts';
import { lambdaDriver } from './codedeploy-lambda/moving.ts';
import type { Deed, TargetDriver } from './driver.ts';

const drivers: Record<Target['driver'], TargetDriver> = {
  'codedeploy-ecs': ecsDriver,
  'codedeploy-lambda': lambdaDriver,
};

/** The driver that a registration names. */
export const movingOf = ({ driver }: Pick<Target, 'driver'>): TargetDriver => drivers[driver];

/** The driver that a target's registration names. */
export const driverOf = (target: TargetRecord): TargetDriver => movingOf(target.registration);

/** Calls that show whether a step may do these deeds, by every driver; each once. */
export const attemptsAt = (...deeds: readonly Deed[]): readonly Attempt[] => [
  ...new Set(
    deeds.flatMap((deed) => Object.values(drivers).flatMap(({ attempts }) => attempts[deed])),
  ),
];
