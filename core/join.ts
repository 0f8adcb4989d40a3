import type { Registration } from './registration.ts';
import type { ReleaseInput } from './release.ts';

/** Function tag that names the image tag which $LATEST belongs to. */
export const VERSION_TAG = 'tandem:version';

/** Longest reason of a release in characters (core/release.ts). */
const LONGEST_REASON = 1024;

/** Whether any service of the pair runs images of a repository. */
export const runsImagesOf = ({ targets }: Registration, repository: string): boolean =>
  Object.values(targets).some(
    (target) => target.kind === 'ecs' && target.repository === repository,
  );

/** What a push of an image releases, as the pair declares it; undefined when it releases nothing. */
export const releaseOfPush = (
  registration: Registration,
  push: {
    readonly repository: string;
    readonly tag: string;
    readonly digest: string;
    readonly eventId: string;
    /** Value of the function tag by target name. */
    readonly versionTags: Readonly<Record<string, string | undefined>>;
  },
): ReleaseInput | undefined => {
  const { join, pair, targets } = registration;
  const services = Object.values(targets).filter(
    (target) => target.kind === 'ecs' && target.repository === push.repository,
  );
  if (join === 'manual' || services.length === 0) return undefined;
  const joins = (name: string) => join === 'image-last' || push.versionTags[name] === push.tag;
  const lambdas = Object.values(targets).filter(({ kind }) => kind === 'lambda');
  const functions = lambdas.filter(({ name }) => joins(name));
  const leftOut = lambdas
    .filter(({ name }) => !joins(name))
    .map(({ name }) => {
      const tag = push.versionTags[name];
      return `${name} is left out: its function's tag ${VERSION_TAG} is ${tag ?? 'missing'}`;
    });
  return {
    pair,
    targets: Object.fromEntries([
      ...services.map(({ name }) => [name, { image: `${push.repository}@${push.digest}` }]),
      ...functions.map(({ name }) => [name, { version: 'latest' }]),
    ]),
    requestedBy: 'image-push',
    reason: [`${push.repository}:${push.tag} was pushed`, ...leftOut]
      .join('; ')
      .slice(0, LONGEST_REASON),
    intent: 'release',
    eventId: push.eventId,
  };
};
