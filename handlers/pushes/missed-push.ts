import { driverOf } from '../../core/drivers/drivers.ts';
import type { Registration } from '../../core/drivers/registration.ts';
import { coversPush, isNewlyOverdue, missedImage, runs } from '../../core/images/missed-push.ts';
import type { RegistryImage } from '../../core/images/registry-image.ts';
import { adoptionOf } from '../../core/pushes/adoption.ts';
import { countingTags, ignoredBecause, type VersionTags } from '../../core/pushes/join.ts';
import { toMilliseconds, toMoment } from '../../core/text/time.ts';
import { runningOf } from '../drivers/running.ts';
import { changeAdoption } from '../table/adoption.ts';
import { latestPush, startedBy } from '../table/images.ts';
import { findRelease } from '../table/releases.ts';
import { imagesOf } from '../validation/images.ts';
import type { Registered } from '../validation/registrations.ts';
import { versionTagsOf } from '../validation/version-tags.ts';
import { ignorePush, releasePush } from './push.ts';

/** Logs what lies in the repository and releases nothing, once: at the first poll at which its event is overdue. */
const logIgnored = (
  registration: Registration,
  versionTags: VersionTags,
  repository: string,
  images: readonly RegistryImage[],
): void => {
  for (const image of images)
    for (const tag of image.tags) {
      const ignored = ignoredBecause(registration, versionTags, image, tag);
      if (ignored) ignorePush(registration, { repository, tag, digest: image.digest }, ignored);
    }
};

/** Whether a release has acted on this push already; one that died before it had a record is left to its own retry. */
const isCovered = async (pair: string, { digest, pushedAt }: RegistryImage): Promise<boolean> => {
  const before = await startedBy(pair, digest);
  if (!before) return false;
  const release = await findRelease(pair, before.release);
  return !release || coversPush(release, toMoment(pushedAt));
};

/** Starts the release of a pushed image whose event never came; says which execution, if any. */
export const missedPush = async (
  { registration, written }: Registered,
  now: string,
): Promise<string | undefined> => {
  const { pair, join, targets } = registration;
  const { since } = await changeAdoption(pair, (before) =>
    adoptionOf(before, registration, written),
  );
  if (join === 'manual') return undefined;
  const versionTags = await versionTagsOf(registration);
  for (const target of Object.values(targets)) {
    const repository = driverOf(target).repositoryOf(target);
    if (repository === undefined) continue;
    const [images, running, latest] = await Promise.all([
      imagesOf(repository),
      runningOf(target).runningImage(target),
      latestPush(pair, repository),
    ]);
    const at = toMilliseconds(now);
    const overdue = images.filter((image) => isNewlyOverdue(image, at) && !runs(running, image));
    logIgnored(registration, versionTags, repository, overdue);
    const counting = images.filter(
      (image) => countingTags(registration, versionTags, image).length > 0,
    );
    const image = missedImage(counting, { running, now: at, since, latest });
    if (!image || (await isCovered(pair, image))) continue;
    const [tag = ''] = countingTags(registration, versionTags, image);
    const push = {
      ...{ repository, image, tag, at: toMoment(image.pushedAt) },
      eventId: `missed ${image.digest} ${image.pushedAt}`,
    };
    return releasePush(registration, push, versionTags);
  }
  return undefined;
};
