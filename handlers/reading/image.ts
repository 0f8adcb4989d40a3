import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { missingImage } from '../../core/checks/input.ts';
import type { Reason } from '../../core/reason.ts';
import { readImage } from '../../core/release.ts';

const ecr = new ECRClient();

/** The image by digest, as a task definition takes it, or what is wrong with it. */
export type ResolvedImage = { readonly image: string } | { readonly reasons: readonly Reason[] };

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
    return { image: `${repositories[0]?.repositoryUri}@${imageDetails[0]?.imageDigest}` };
  } catch (error) {
    if (
      !(error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException)
    ) {
      throw error;
    }
    return { reasons: [missingImage(target, asked)] };
  }
};
