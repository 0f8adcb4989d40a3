import type { Ages } from '../../core/checks/older.ts';
import { imageOf, type Wanted } from '../../core/release/input.ts';
import type { EcsTarget, Target } from '../../core/release/target.ts';
import { revisionNumber } from '../../core/release/task-definition.ts';
import { runningDefinition } from '../drivers/codedeploy-ecs/running-definition.ts';
import { runningImage } from '../drivers/codedeploy-ecs/running-image.ts';
import { readAlias } from '../drivers/codedeploy-lambda/alias.ts';
import { imagesOf } from './images.ts';

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

/**
 * When each part of what is wanted came, and when what runs did: by push for an image, by number for a task definition
 * and for a version.
 */
export const agesOf = async (target: Target, wanted: Wanted): Promise<readonly Ages[]> => {
  if (target.kind === 'ecs') {
    const image = imageOf(wanted);
    return Promise.all([
      ...(image === undefined ? [] : [imageAges(target, image)]),
      ...('taskDefinition' in wanted ? [definitionAges(target, wanted.taskDefinition)] : []),
    ]);
  }
  const { version } = await readAlias(target);
  return [
    {
      wanted: 'version' in wanted ? Number(wanted.version) : undefined,
      live: Number(version) || undefined,
    },
  ];
};
