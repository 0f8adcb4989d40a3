import type { Target } from '../../core/drivers/target.ts';
import { validatingService } from './codedeploy-ecs/validating.ts';
import { validatingFunction } from './codedeploy-lambda/validating.ts';
import type { Validating } from './driver.ts';

const validating: Readonly<Record<Target['driver'], Validating>> = {
  'codedeploy-ecs': validatingService,
  'codedeploy-lambda': validatingFunction,
};

/** What the driver of a target reads before a release starts. */
export const validatingOf = ({ driver }: Pick<Target, 'driver'>): Validating => validating[driver];
