import { driverOf } from '../drivers/drivers.ts';
import type { Registration } from '../drivers/registration.ts';
import { keptBeside, notAnImage, type RegistryImage } from '../images/registry-image.ts';
import { matchesPattern } from '../images/tag-pattern.ts';
import type { ReleaseInput } from '../release/input.ts';

/** Function tag that names the image tag which $LATEST belongs to. */
export const VERSION_TAG = 'tandem:version';

/** Longest reason of a release in characters (core/release/input.ts). */
const LONGEST_REASON = 1024;

/** Value of the function tag by target name; of pairs that do not join by it, none is needed. */
export type VersionTags = Readonly<Record<string, string | undefined>>;

/** Whether any service of the pair runs images of a repository. */
export const runsImagesOf = ({ targets }: Registration, repository: string): boolean =>
  Object.values(targets).some((target) => driverOf(target).repositoryOf(target) === repository);

/** Names of the pair's functions. */
const functionsOf = ({ targets }: Pick<Registration, 'targets'>): readonly string[] =>
  Object.values(targets).flatMap((target) =>
    driverOf(target).functionOf(target) === undefined ? [] : [target.name],
  );

/**
 * Why a pair cannot tell which pushes count: without `tags` only `tandem:version` tells, and only `tagged` reads it.
 * Undefined where it can, or where pushes release nothing.
 */
export const undeclaredTags = (
  { join, tags }: Pick<Registration, 'join' | 'tags'>,
  functions: readonly string[],
): string | undefined => {
  if (tags !== undefined || join === 'manual') return undefined;
  if (functions.length === 0)
    return `it has no function whose ${VERSION_TAG} shows which image tags are releases, and declares no tags`;
  return join === 'image-last' ? 'its join is image-last, and it declares no tags' : undefined;
};

const carried = (versionTags: VersionTags, names: readonly string[]): string =>
  names.map((name) => `${name}: ${versionTags[name] ?? 'none'}`).join(', ');

/**
 * Why a push of this tag releases nothing; undefined when it counts. The one rule of what a release is: for pushes,
 * for pushes whose event was lost, and for what is newer than an image.
 */
export const ignoredBecause = (
  registration: Registration,
  versionTags: VersionTags,
  image: Pick<RegistryImage, 'manifestMediaType' | 'artifactMediaType' | 'subject'>,
  tag: string,
): string | undefined => {
  const { join, tags } = registration;
  if (join === 'manual') return 'its join is manual, so only people and pipelines start releases';
  const otherwise = notAnImage(image);
  if (otherwise) return otherwise;
  const kept = keptBeside(tag);
  if (kept) return `${tag} is the tag ${kept}`;
  const functions = functionsOf(registration);
  const undeclared = undeclaredTags(registration, functions);
  if (undeclared) return undeclared;
  if (tags)
    return tags.some((pattern) => matchesPattern(pattern, tag))
      ? undefined
      : `${tag} matches none of its tags: ${tags.join(' ')}`;
  return functions.some((name) => versionTags[name] === tag)
    ? undefined
    : `${tag} is the ${VERSION_TAG} of no function (${carried(versionTags, functions)}), and it declares no tags`;
};

/** Tags of an image whose pushes count. */
export const countingTags = (
  registration: Registration,
  versionTags: VersionTags,
  image: RegistryImage,
): readonly string[] =>
  image.tags.filter((tag) => ignoredBecause(registration, versionTags, image, tag) === undefined);

/** A push of an image: of one of its tags. */
export interface Push {
  readonly repository: string;
  readonly image: RegistryImage;
  readonly tag: string;
  /** When the tag was pushed. */
  readonly at: string;
  readonly eventId: string;
}

/** What a push releases, or why it releases nothing. */
export type PushOutcome =
  | { readonly input: ReleaseInput }
  | {
      readonly ignored: string;
    };

/** What a push of an image releases, as the pair declares it. Functions join by any tag of the image. */
export const releaseOfPush = (
  registration: Registration,
  { repository, image, tag, at, eventId }: Push,
  versionTags: VersionTags,
): PushOutcome => {
  const { join, pair, targets } = registration;
  const services = Object.values(targets).filter(
    (target) => driverOf(target).repositoryOf(target) === repository,
  );
  if (services.length === 0) return { ignored: `it runs no images of ${repository}` };
  const ignored = ignoredBecause(registration, versionTags, image, tag);
  if (ignored !== undefined) return { ignored };
  const tags = [...new Set([tag, ...image.tags])];
  const joins = (name: string) =>
    join === 'image-last' || tags.some((one) => versionTags[name] === one);
  const functions = functionsOf(registration);
  const leftOut = functions
    .filter((name) => !joins(name))
    .map(
      (name) =>
        `${name} is left out: its function's tag ${VERSION_TAG} is ${versionTags[name] ?? 'missing'}`,
    );
  return {
    input: {
      pair,
      targets: Object.fromEntries([
        ...services.map(({ name }) => [name, { image: `${repository}@${image.digest}` }]),
        ...functions.filter(joins).map((name) => [name, { version: 'latest' }]),
      ]),
      requestedBy: 'image-push',
      reason: [`${repository}:${tag} was pushed`, ...leftOut].join('; ').slice(0, LONGEST_REASON),
      intent: 'release',
      eventId,
      pushed: { tag, at },
    },
  };
};
