import type { Target } from '../../core/drivers/target.ts';
import { judgingService } from './codedeploy-ecs/judging.ts';
import { judgingFunction } from './codedeploy-lambda/judging.ts';
import type { Judging } from './driver.ts';

const judging: Readonly<Record<Target['driver'], Judging>> = {
  'codedeploy-ecs': judgingService,
  'codedeploy-lambda': judgingFunction,
};

/** What the driver of a target reads for the judge. */
export const judgingOf = ({ driver }: Pick<Target, 'driver'>): Judging => judging[driver];
