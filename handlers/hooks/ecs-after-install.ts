import { checkPlanned } from '../../core/checks/planned.ts';
import { checkTasks } from '../../core/drivers/codedeploy-ecs/tasks.ts';
import type { TargetRecord } from '../../core/record/record.ts';
import { worst } from '../../core/release/verdict.ts';
import { readGreenTasks } from '../drivers/codedeploy-ecs/green-tasks.ts';
import { readChildren } from '../reading/image-index.ts';
import { hook } from './hook.ts';

/** The digests that run, with the planned one in the place of an image of the planned index. */
const asPlanned = async (
  { registration, to }: TargetRecord,
  digests: readonly (string | undefined)[],
): Promise<readonly (string | undefined)[]> => {
  const planned = to?.digest;
  if (registration.kind !== 'ecs' || planned === undefined) return digests;
  if (digests.every((digest) => digest === planned)) return digests;
  const children = await readChildren(registration.repository, planned);
  return digests.map((digest) =>
    children.some((child) => child.digest === digest) ? planned : digest,
  );
};

/** ECS AfterInstall: what came up is what was planned, digest by digest, and all of it came up. */
export const handler = hook('AfterInstall', async ({ target, deploymentId }) => {
  const { digests, running, desired, blue } = await readGreenTasks(target, deploymentId);
  return worst([
    checkPlanned(target.name, 'The image', target.to?.digest, await asPlanned(target, digests)),
    checkTasks(target.name, running, desired, blue),
  ]);
});
