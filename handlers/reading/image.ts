import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { missingImage } from '../../core/checks/input.ts';
import { readImage } from '../../core/release/input.ts';
import type { Reason } from '../../core/release/reason.ts';
import { ecr } from '../aws/ecr.ts';

/** An image by digest, as a task definition takes it. */
export interface FoundImage {
  readonly image: string;
  readonly digest: string;
  /** All tags that it has now. */
  readonly tags: readonly string[];
  /** Media type of its manifest. */
  readonly mediaType: string | undefined;
}

/** The image, or what is wrong with it. */
export type ResolvedImage = FoundImage | { readonly reasons: readonly Reason[] };

/** Resolves a tag once: from here on only the digest counts, so a moved tag changes nothing. */
export const resolveImage = async (target: string, asked: string): Promise<ResolvedImage> => {
  const { repository, tag, digest } = readImage(asked)!;
  try {
    const [{ imageDetails = [] }, { repositories = [] }] = await Promise.all([
      ecr.send(
        new DescribeImagesCommand({
          repositoryName: repository,
          imageIds: [digest ? { imageDigest: digest } : { imageTag: tag }],
        }),
      ),
      ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repository] })),
    ]);
    const {
      imageDigest = '',
      imageTags = [],
      imageManifestMediaType: mediaType,
    } = imageDetails[0] ?? {};
    return {
      image: `${repositories[0]?.repositoryUri}@${imageDigest}`,
      digest: imageDigest,
      tags: imageTags,
      mediaType,
    };
  } catch (error) {
    if (
      !(error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException)
    ) {
      throw error;
    }
    return { reasons: [missingImage(target, asked)] };
  }
};
