/** Previews pushes: what a push of a tag would release, by the rule that pushes go by. */
import { DescribeImagesCommand, ECRClient, ImageNotFoundException } from '@aws-sdk/client-ecr';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { driverOf } from '../core/drivers/drivers.ts';
import { type Registration, unregistered } from '../core/drivers/registration.ts';
import { type RegistryImage, registryImage } from '../core/images/registry-image.ts';
import { releaseOfPush, VERSION_TAG, type VersionTags } from '../core/pushes/join.ts';
import { toMoment } from '../core/text/time.ts';
import type { Account } from './account.ts';
import { registrationsOf } from './registrations.ts';

/** What a push of the tag to one repository would do. */
export interface Preview {
  readonly repository: string;
  readonly tag: string;
  /** Whether the repository holds an image under this tag; if not, an image with no other tag is assumed. */
  readonly exists: boolean;
  /** Targets that would be released; none if the push would be ignored. */
  readonly releases: readonly string[];
  /** Why it would be ignored, or what would be left out. */
  readonly because?: string;
}

/** Digest of an image that is not there yet. */
const NO_DIGEST = `sha256:${'0'.repeat(64)}`;

const registrationOf = async (account: Account, pair: string): Promise<Registration> => {
  const registrations = registrationsOf(account);
  const found = await registrations.find(pair);
  if ('registration' in found) return found.registration;
  throw new Error(unregistered(pair, found, await registrations.names()).text);
};

const imageOf = async (
  account: Account,
  repositoryName: string,
  imageTag: string,
): Promise<RegistryImage | undefined> => {
  const input = { repositoryName, imageIds: [{ imageTag }] };
  const { imageDetails = [] } = await account
    .client(ECRClient)
    .send(new DescribeImagesCommand(input))
    .catch((error: unknown) => {
      if (error instanceof ImageNotFoundException) return { imageDetails: [] };
      throw error;
    });
  return imageDetails.flatMap((detail) => registryImage(detail) ?? [])[0];
};

const versionTagsOf = async (account: Account, { targets }: Registration): Promise<VersionTags> => {
  const lambda = account.client(LambdaClient);
  const tags = await Promise.all(
    Object.values(targets).map(async (target) => {
      const FunctionName = driverOf(target).functionOf(target);
      if (FunctionName === undefined) return [];
      const { FunctionArn = '' } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      );
      const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn }));
      return [[target.name, Tags?.[VERSION_TAG]] as const];
    }),
  );
  return Object.fromEntries(tags.flat());
};

/** What a push of a tag would do; an image that is not in the repository yet is assumed to be one. @internal */
export const previewOf = (
  registration: Registration,
  about: {
    readonly repository: string;
    readonly tag: string;
    readonly image: RegistryImage | undefined;
    readonly versionTags: VersionTags;
    /** Milliseconds since 1970. */
    readonly now: number;
  },
): Preview => {
  const { repository, tag, versionTags, now } = about;
  const image = about.image ?? { digest: NO_DIGEST, tags: [tag], pushedAt: now };
  const push = { repository, image, tag, at: toMoment(now), eventId: 'preview' };
  const outcome = releaseOfPush(registration, push, versionTags);
  const found = { repository, tag, exists: about.image !== undefined };
  if ('ignored' in outcome) return { ...found, releases: [], because: outcome.ignored };
  const [, ...leftOut] = outcome.input.reason.split('; ');
  return {
    ...found,
    releases: Object.keys(outcome.input.targets),
    ...(leftOut.length > 0 ? { because: leftOut.join('; ') } : {}),
  };
};

/** Previews of a push of a tag to one repository, or to each that the pair has. Throws a sentence when it has none. */
export const pushPreviews = async (
  account: Account,
  pair: string,
  tag: string,
  repository?: string,
): Promise<readonly Preview[]> => {
  const registration = await registrationOf(account, pair);
  const own = Object.values(registration.targets).flatMap(
    (target) => driverOf(target).repositoryOf(target) ?? [],
  );
  const repositories = repository === undefined ? [...new Set(own)] : [repository];
  if (repositories.length === 0)
    throw new Error(`${pair} has no service, so no push releases anything of it`);
  const versionTags = await versionTagsOf(account, registration);
  const now = account.now();
  return Promise.all(
    repositories.map(async (one) => {
      const image = await imageOf(account, one, tag);
      return previewOf(registration, { repository: one, tag, image, versionTags, now });
    }),
  );
};
