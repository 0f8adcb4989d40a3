import { checkPlanned } from '../../core/checks/planned.ts';
import { checkTasks } from '../../core/checks/tasks.ts';
import { worst } from '../../core/verdict.ts';
import { readGreenTasks } from '../reading/green-tasks.ts';
import { hook } from './hook.ts';

/** ECS AfterInstall: what came up is what was planned, digest by digest, and all of it came up. */
export const handler = hook('AfterInstall', async ({ target, deploymentId }) => {
  const { digests, running, desired, blue } = await readGreenTasks(target, deploymentId);
  return worst([
    checkPlanned(target.name, 'The image', target.to?.digest, digests),
    checkTasks(target.name, running, desired, blue),
  ]);
});
