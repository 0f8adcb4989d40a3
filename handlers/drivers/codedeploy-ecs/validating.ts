import type { Ages } from '../../../core/checks/older.ts';
import { checkServiceGroup } from '../../../core/drivers/codedeploy-ecs/group.ts';
import { checkService } from '../../../core/drivers/codedeploy-ecs/service.ts';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { isSameRegistry } from '../../../core/images/registry-host.ts';
import { imageOf, readImage } from '../../../core/release/input.ts';
import { reason } from '../../../core/release/reason.ts';
import { revisionNumber } from '../../../core/release/task-definition.ts';
import { type ResolvedImage, resolveImage } from '../../reading/image.ts';
import { imagesOf } from '../../validation/images.ts';
import { readGroup } from '../codedeploy/group.ts';
import type { Validating } from '../driver.ts';
import { runningDefinition } from './running-definition.ts';
import { runningImage } from './running-image.ts';
import { readService } from './service.ts';
import { wantedDefinition, wantedImage } from './wanted.ts';

/** An image of our own registry: a tag is looked up there, and the same tag of another one may be anything. */
const resolveOwn = async (target: EcsTarget, asked: string): Promise<ResolvedImage> => {
  const found = await resolveImage(target.name, asked);
  if ('reasons' in found) return found;
  const { host } = readImage(asked)!;
  return host === undefined || isSameRegistry(host, readImage(found.image)?.host ?? '')
    ? found
    : {
        reasons: [
          reason(
            'foreign-repository',
            `${target.name} runs images of this account's registry only, not of ${host}`,
            { target: target.name },
          ),
        ],
      };
};

const imageAges = async (target: EcsTarget, wanted: string): Promise<Ages> => {
  const [images, running] = await Promise.all([imagesOf(target.repository), runningImage(target)]);
  return {
    wanted: images.find(({ digest }) => wanted.endsWith(`@${digest}`))?.pushedAt,
    live: running.includes('@')
      ? images.find(({ digest }) => running.endsWith(`@${digest}`))?.pushedAt
      : 'untold',
  };
};

const definitionAges = async (target: EcsTarget, wanted: string): Promise<Ages> => ({
  wanted: revisionNumber(wanted),
  live: (await runningDefinition(target))?.revision,
});

/** Reads a service before a release; the age of an image is that of its push, that of a task definition its number. */
export const validatingService: Validating<EcsTarget> = {
  async resolve(target, wanted) {
    const own = (image: string) => resolveOwn(target, image);
    if ('taskDefinition' in wanted) return wantedDefinition(target, wanted, own);
    if ('image' in wanted) return wantedImage(target, wanted.image, await own(wanted.image));
    return { wanted, reasons: [] };
  },
  checkTarget: async (target, asked) => checkService(target, await readService(target), asked),
  checkGroup: async (target, policy) => checkServiceGroup(target, await readGroup(target), policy),
  agesOf(target, wanted) {
    const image = imageOf(wanted);
    return Promise.all([
      ...(image === undefined ? [] : [imageAges(target, image)]),
      ...('taskDefinition' in wanted ? [definitionAges(target, wanted.taskDefinition)] : []),
    ]);
  },
};
