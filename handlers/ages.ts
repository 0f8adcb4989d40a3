import type { Ages } from '../core/checks/older.ts';
import type { Wanted } from '../core/release.ts';
import type { EcsTarget, Target } from '../core/target.ts';
import { imagesOf } from './images.ts';
import { readAlias } from './reading/alias.ts';
import { runningImage } from './reading/running-image.ts';

const imageAges = async (target: EcsTarget, wanted: string): Promise<Ages> => {
  const [images, running] = await Promise.all([imagesOf(target.repository), runningImage(target)]);
  return {
    wanted: images.find(({ digest }) => wanted.endsWith(`@${digest}`))?.pushedAt,
    live: running.includes('@')
      ? images.find(({ digest }) => running.endsWith(`@${digest}`))?.pushedAt
      : 'untold',
  };
};

/** When what is wanted came, and when what runs did: by push for an image, by number for a version. */
export const agesOf = async (target: Target, wanted: Wanted): Promise<Ages> => {
  if (target.kind === 'ecs') return imageAges(target, 'image' in wanted ? wanted.image : '');
  const { version } = await readAlias(target);
  return {
    wanted: 'version' in wanted ? Number(wanted.version) : undefined,
    live: Number(version) || undefined,
  };
};
