import { minutes } from './moments.ts';

/** An image as the registry lists it. */
export interface PushedImage {
  readonly digest: string;
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly pushedAt: number;
}

/** Minutes that an event has to arrive before a push counts as missed. */
const PATIENCE = minutes(5);

/** Age beyond which a push is history: EventBridge itself delivers for 24 hours. */
const OLDEST = minutes(24 * 60);

/** Whether a task definition that names its image so runs this one. */
export const runs = (running: string, { digest, tags }: PushedImage): boolean =>
  running.endsWith(`@${digest}`) || tags.some((tag) => running.endsWith(`:${tag}`));

/** The image that was pushed last; one without a tag is no release. */
const newestOf = (images: readonly PushedImage[]): PushedImage | undefined =>
  images
    .filter(({ tags }) => tags.length > 0)
    .reduce<PushedImage | undefined>(
      (latest, image) => (latest && latest.pushedAt >= image.pushedAt ? latest : image),
      undefined,
    );

/**
 * The image that was pushed after the one of this digest, if any: the event of the older one came late, and a push
 * never takes users back to what was before the newest.
 */
export const newerImage = (
  images: readonly PushedImage[],
  digest: string,
): PushedImage | undefined => {
  const pushed = images.find((image) => image.digest === digest);
  const newest = newestOf(images);
  return pushed && newest && newest.pushedAt > pushed.pushedAt ? newest : undefined;
};

/**
 * The newest image, if it is not what runs: nobody has acted on its push, unless a release has wanted it. Older
 * images are superseded by it, so they are no loss.
 */
export const missedImage = (
  images: readonly PushedImage[],
  known: { readonly running: string; readonly now: number },
): PushedImage | undefined => {
  const newest = newestOf(images);
  if (!newest) return undefined;
  const age = known.now - newest.pushedAt;
  if (age < PATIENCE || age > OLDEST) return undefined;
  return runs(known.running, newest) ? undefined : newest;
};
