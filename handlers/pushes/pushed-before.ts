import { coversPush } from '../../core/images/missed-push.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { imageOf, type ReleaseInput, readImage } from '../../core/release/input.ts';
import { type Reason, reason } from '../../core/release/reason.ts';
import { rememberImage, rememberWanted, startedBy } from '../table/images.ts';
import { findRelease } from '../table/releases.ts';

interface Asked {
  readonly pair: string;
  readonly release: string;
  readonly names: readonly string[];
  readonly at: string | undefined;
}

/** The release that acts on a push of this image already; undefined when this one is to do it, which is remembered. */
const actsAlready = async (
  digest: string,
  { pair, release, names, at }: Asked,
): Promise<ReleaseRecord | undefined> => {
  for (;;) {
    const before = await startedBy(pair, digest);
    if (before?.release === release) return undefined;
    const earlier = before && (await findRelease(pair, before.release));
    if (earlier && names.every((one) => before.targets.includes(one)) && coversPush(earlier, at))
      return earlier;
    const after = await rememberImage(pair, digest, { release, targets: [...names] }, before);
    if (after.release === release) return undefined;
  }
};

/**
 * Why a push has nothing to release: an image under two tags is pushed in two events, and people may have ended the
 * release of the first. A push that brings a target which the first left out (its tag names the function's version)
 * is another one, and takes the image's place; so does one that came after the first release had ended.
 */
export const pushedBefore = async (
  { pair, targets, eventId, pushed }: ReleaseInput,
  release: string,
): Promise<Reason[]> => {
  if (eventId === undefined) return [];
  const reasons: Reason[] = [];
  const asked = { pair, release, names: Object.keys(targets), at: pushed?.at };
  for (const [name, wanted] of Object.entries(targets)) {
    const image = imageOf(wanted);
    if (image === undefined) continue;
    const digest = image.slice(image.indexOf('@') + 1);
    const earlier = await actsAlready(digest, asked);
    if (!earlier) continue;
    reasons.push(
      reason(
        'superseded',
        `The image of ${name} was pushed before under another tag and started release ${earlier.release}${earlier.end ? `, which ended ${earlier.end}` : ''}; push it again, or start a release by hand, to release it again`,
        { target: name },
      ),
    );
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
