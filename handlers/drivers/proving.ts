import type { Target } from '../../core/drivers/target.ts';
import { provingService } from './codedeploy-ecs/proving.ts';
import { provingFunction } from './codedeploy-lambda/proving.ts';
import type { Proving } from './driver.ts';

const proving: Readonly<Record<Target['driver'], Proving>> = {
  'codedeploy-ecs': provingService,
  'codedeploy-lambda': provingFunction,
};

/** How the driver of a target asks it before users do. */
export const provingOf = ({ driver }: Pick<Target, 'driver'>): Proving => proving[driver];
