import { missedImage } from '../core/missed-push.ts';
import { toMilliseconds } from '../core/moments.ts';
import type { Registration } from '../core/registration.ts';
import { imagesOf } from './images.ts';
import { releasePush } from './push.ts';
import { runningImage } from './reading/running-image.ts';
import { startedBy } from './table/images.ts';

/** Starts the release of a pushed image whose event never came; says which execution, if any. */
export const missedPush = async (
  registration: Registration,
  now: string,
): Promise<string | undefined> => {
  if (registration.join === 'manual') return undefined;
  for (const target of Object.values(registration.targets)) {
    if (target.kind !== 'ecs') continue;
    const [images, running] = await Promise.all([
      imagesOf(target.repository),
      runningImage(target),
    ]);
    const image = missedImage(images, { running, now: toMilliseconds(now) });
    if (!image || (await startedBy(registration.pair, image.digest))) continue;
    return releasePush(registration, {
      repository: target.repository,
      tag: image.tags[0]!,
      digest: image.digest,
      eventId: `missed ${image.digest} ${image.pushedAt}`,
    });
  }
  return undefined;
};
