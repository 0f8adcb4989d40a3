import { checkPlanned } from '../../../core/checks/planned.ts';
import { checkTasks } from '../../../core/drivers/codedeploy-ecs/tasks.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { type Verdict, worst } from '../../../core/release/verdict.ts';
import type { HookCase } from '../../hooks/hook.ts';
import { readChildren } from '../../reading/image-index.ts';
import { readGreenTasks } from './green-tasks.ts';
import { serviceOf } from './registration.ts';

/** The digests that run, with the planned one in the place of an image of the planned index. */
const asPlanned = async (
  target: TargetRecord,
  digests: readonly (string | undefined)[],
): Promise<readonly (string | undefined)[]> => {
  const planned = target.to?.digest;
  if (planned === undefined) return digests;
  if (digests.every((digest) => digest === planned)) return digests;
  const children = await readChildren(serviceOf(target).repository, planned);
  return digests.map((digest) =>
    children.some((child) => child.digest === digest) ? planned : digest,
  );
};

/** What came up is what was planned, digest by digest, and all of it came up. */
export const checkInstalled = async ({ target, deploymentId }: HookCase): Promise<Verdict> => {
  const { digests, running, desired, blue } = await readGreenTasks(serviceOf(target), deploymentId);
  return worst([
    checkPlanned(target.name, 'The image', target.to?.digest, await asPlanned(target, digests)),
    checkTasks(target.name, running, desired, blue),
  ]);
};
