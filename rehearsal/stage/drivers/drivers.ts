import type { Target } from '../../../core/drivers/target.ts';
import { readingBackService } from './codedeploy-ecs.ts';
import { readingBackFunction } from './codedeploy-lambda.ts';
import type { ReadingBack } from './driver.ts';

const readingBack: Readonly<Record<Target['driver'], ReadingBack>> = {
  'codedeploy-ecs': readingBackService,
  'codedeploy-lambda': readingBackFunction,
};

/** How the driver of a target reads it back. */
export const readingBackOf = ({ driver }: Pick<Target, 'driver'>): ReadingBack =>
  readingBack[driver];
