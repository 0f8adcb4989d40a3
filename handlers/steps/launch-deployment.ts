import { isStaged } from '../../core/drivers/drivers.ts';
import { LaunchDeployment } from '../../core/steps/launch-deployment.ts';
import { step } from '../function/step.ts';
import { launch } from '../releases/launch.ts';
import { readOwned } from '../releases/owned.ts';

/** Creates the deployment of a target whose green comes up before the shift; the others wait for the shift. */
export const handler = step(LaunchDeployment, async ({ target, now, ...about }) => {
  const record = await readOwned(about);
  const found = record.targets[target];
  if (!found || found.unchanged || !isStaged(found)) {
    return { target, launched: false };
  }
  const { launched } = await launch(about, target, now);
  return { target, launched };
});
