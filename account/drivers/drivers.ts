import type { Target } from '../../core/drivers/target.ts';
import { undoingService } from './codedeploy-ecs.ts';
import { undoingFunction } from './codedeploy-lambda.ts';
import type { Undoing } from './driver.ts';

const undoing: Readonly<Record<Target['driver'], Undoing>> = {
  'codedeploy-ecs': undoingService,
  'codedeploy-lambda': undoingFunction,
};

/** How the driver of a target undoes a release of it. */
export const undoingOf = ({ driver }: Pick<Target, 'driver'>): Undoing => undoing[driver];
