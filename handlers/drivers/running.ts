import type { Target } from '../../core/drivers/target.ts';
import { runningImage } from './codedeploy-ecs/running-image.ts';
import type { Running } from './driver.ts';

const running: Readonly<Record<Target['driver'], Running>> = {
  'codedeploy-ecs': { runningImage },
  'codedeploy-lambda': { runningImage: async () => '' },
};

/** What the driver of a target reads for pushes whose event was lost. */
export const runningOf = ({ driver }: Pick<Target, 'driver'>): Running => running[driver];
