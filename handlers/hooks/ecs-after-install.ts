import { checkPlanned } from '../../core/checks/planned.ts';
import { readGreenTasks } from '../reading/green-tasks.ts';
import { hook } from './hook.ts';

/** ECS AfterInstall: what came up is what was planned, digest by digest. */
export const handler = hook('AfterInstall', async ({ target, deploymentId }) => {
  const { digests } = await readGreenTasks(target, deploymentId);
  return checkPlanned(target.name, 'The image', target.to?.digest, digests);
});
