import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import { AwsError } from '../../aws-error.ts';

/** One image of a repository. */
export interface Image {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string;
  /** `artifactType` of the manifest, else the media type of its configuration; an index has none. */
  readonly artifactMediaType: string | undefined;
  /** Digest of the image that this one says something about: it is a referrer. */
  readonly subject: string | undefined;
  readonly size: number;
  readonly pushedAt: Date;
  readonly tags: Set<string>;
  /** When its scan began, in milliseconds of service time; undefined: it was never scanned. */
  scannedFrom: number | undefined;
}

/** One repository with its images by digest, oldest push first. */
export interface Repository {
  readonly arn: string;
  readonly name: string;
  readonly uri: string;
  readonly createdAt: Date;
  tagMutability: string;
  readonly scanOnPush: boolean;
  readonly images: Map<string, Image>;
}

/** What an input says about the repository that it means. */
export interface Named {
  readonly repositoryName?: string | undefined;
  readonly registryId?: string | undefined;
}

/** The repositories of every Region. */
export interface Registry {
  readonly account: string;
  repositories(region: string): Map<string, Repository>;
  /** Throws RepositoryNotFoundException, also for a repository of another registry. */
  repository(region: string, named: Named): Repository;
}

/** An empty registry of one account. */
export const registry = (account: string): Registry => {
  const regions = new Map<string, Map<string, Repository>>();
  const repositories = (region: string) => {
    const known = regions.get(region) ?? new Map<string, Repository>();
    regions.set(region, known);
    return known;
  };
  return {
    account,
    repositories,
    repository: (region, { repositoryName: name = '', registryId = account }) => {
      const found = registryId === account ? repositories(region).get(name) : undefined;
      if (found) return found;
      throw new AwsError(
        'RepositoryNotFoundException',
        `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
      );
    },
  };
};

/** The image that a digest, a tag or both name; `undefined` if there is none. */
export const imageOf = (
  { images }: Repository,
  { imageDigest, imageTag }: ImageIdentifier,
): Image | undefined => {
  const image = imageTag
    ? [...images.values()].find(({ tags }) => tags.has(imageTag))
    : images.get(imageDigest ?? '');
  return image && (!imageDigest || image.digest === imageDigest) ? image : undefined;
};

/** How AWS names an image in a message: `{imageDigest:'…', imageTag:'…'}`. */
export const printed = ({ imageDigest, imageTag }: ImageIdentifier): string =>
  `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;

/** One identifier a tag, or one with the digest alone for an image without tags. */
export const identifiers = ({ digest, tags }: Image): ImageIdentifier[] =>
  tags.size === 0
    ? [{ imageDigest: digest }]
    : [...tags].map((imageTag) => ({ imageDigest: digest, imageTag }));
