import { isStaged } from '../core/holds.ts';
import { LaunchDeployment } from '../core/steps/launch-deployment.ts';
import { launch } from './launch.ts';
import { step } from './step.ts';
import { readRelease } from './table/releases.ts';

/** Creates the deployment of a target whose green comes up before the shift; the others wait for the shift. */
export const handler = step(LaunchDeployment, async ({ pair, release, target, now }) => {
  const record = await readRelease(pair, release);
  const found = record.targets[target];
  if (!found || found.unchanged || !isStaged(found)) {
    return { target, launched: false };
  }
  const { launched } = await launch(record, target, now);
  return { target, launched };
});
