import { type Reason, reason } from '../core/reason.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { imageOf, type ReleaseInput, readImage } from '../core/release.ts';
import { rememberImage, rememberWanted, startedBy } from './table/images.ts';
import { findRelease } from './table/releases.ts';

/**
 * Why a push has nothing to release: an image under two tags is pushed in two events, and people may have ended the
 * release of the first. A push that brings a target which the first left out (its tag names the function's version)
 * is another one, and takes the image's place.
 */
export const pushedBefore = async (
  { pair, targets, eventId }: ReleaseInput,
  release: string,
): Promise<Reason[]> => {
  if (eventId === undefined) return [];
  const reasons: Reason[] = [];
  const names = Object.keys(targets);
  for (const [name, wanted] of Object.entries(targets)) {
    const image = imageOf(wanted);
    if (image === undefined) continue;
    const digest = image.slice(image.indexOf('@') + 1);
    const before = await startedBy(pair, digest);
    if (before?.release === release) continue;
    const open = before && (await findRelease(pair, before.release));
    if (open && names.every((one) => before.targets.includes(one))) {
      reasons.push(
        reason(
          'superseded',
          `The image of ${name} was pushed before under another tag and started release ${before.release}${open.end ? `, which ended ${open.end}` : ''}; start a release by hand to release it again`,
          { target: name },
        ),
      );
    } else await rememberImage(pair, digest, { release, targets: names });
  }
  return reasons;
};

/** Remembers the images that a release wants, before there is a release: a push of one of them is not missed any more. */
export const rememberImages = async ({ pair, release, targets }: ReleaseRecord): Promise<void> => {
  for (const { wanted } of Object.values(targets)) {
    const digest = readImage(imageOf(wanted) ?? '')?.digest;
    if (digest !== undefined) await rememberWanted(pair, digest, release);
  }
};
