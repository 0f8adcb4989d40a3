import { minutes, toMilliseconds } from '../text/time.ts';
import type { RegistryImage } from './registry-image.ts';

/** The newest push of a repository that a release knows: a tag that is put on an older image has no time in ECR. */
export interface LatestPush {
  readonly digest: string;
  readonly at: string;
}

/** Minutes that an event has to arrive before a push counts as missed. */
const PATIENCE = minutes(5);

/** Age beyond which a push is history: EventBridge itself delivers for 24 hours. */
const OLDEST = minutes(24 * 60);

/** Whether a task definition that names its image so runs this one. */
export const runs = (running: string, { digest, tags }: RegistryImage): boolean =>
  running.endsWith(`@${digest}`) || tags.some((tag) => running.endsWith(`:${tag}`));

/** When an image was pushed last, as far as anybody can know. */
const pushedLast = ({ digest, pushedAt }: RegistryImage, latest: LatestPush | undefined): number =>
  latest?.digest === digest ? Math.max(pushedAt, toMilliseconds(latest.at)) : pushedAt;

/** The image that was pushed last. `images` are those whose pushes count: nothing else is newer than a release. */
const newestOf = (
  images: readonly RegistryImage[],
  latest: LatestPush | undefined,
): RegistryImage | undefined =>
  images.reduce<RegistryImage | undefined>(
    (newest, image) =>
      newest && pushedLast(newest, latest) >= pushedLast(image, latest) ? newest : image,
    undefined,
  );

/**
 * The image that was pushed after the one of this digest, if any: the event of the older one came late, and a push
 * never rolls users back to what was before the newest. `images` are those whose pushes count.
 */
export const newerImage = (
  images: readonly RegistryImage[],
  { digest, at }: { readonly digest: string; readonly at?: string | undefined },
  latest?: LatestPush,
): RegistryImage | undefined => {
  const newest = newestOf(images, latest);
  if (!newest || newest.digest === digest) return undefined;
  const own = images.find((image) => image.digest === digest);
  const pushed = at === undefined ? own?.pushedAt : toMilliseconds(at);
  return pushed !== undefined && pushedLast(newest, latest) > pushed ? newest : undefined;
};

/**
 * The newest image whose push counts, if it is not what runs: nobody has acted on its push, unless a release has
 * wanted it. Older images are superseded by it, so they are no loss; what was pushed before `since` lay there when
 * the pair was adopted, or when it declared otherwise what counts.
 */
export const missedImage = (
  images: readonly RegistryImage[],
  known: {
    readonly running: string;
    readonly now: number;
    readonly since: number;
    readonly latest?: LatestPush | undefined;
  },
): RegistryImage | undefined => {
  const newest = newestOf(images, known.latest);
  if (!newest || newest.pushedAt < known.since) return undefined;
  const age = known.now - newest.pushedAt;
  if (age < PATIENCE || age > OLDEST) return undefined;
  return runs(known.running, newest) ? undefined : newest;
};

/**
 * Whether a release has acted on a push of its image already: it is open, or the push came before its end, as a
 * second tag does that CI pushes seconds later. A later push of the same image asks for it again.
 */
export const coversPush = (
  {
    end,
    times,
  }: { readonly end?: string | undefined; readonly times: { readonly ended?: string | undefined } },
  at: string | undefined,
): boolean =>
  end === undefined ||
  at === undefined ||
  times.ended === undefined ||
  toMilliseconds(at) <= toMilliseconds(times.ended);

/** Minutes between two polls of the schedule. */
const POLL = minutes(5);

/** Whether the event of a push is overdue for the first time: what is logged then is logged once. */
export const isNewlyOverdue = ({ pushedAt }: RegistryImage, now: number): boolean =>
  now - pushedAt >= PATIENCE && now - pushedAt < PATIENCE + POLL;
