import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import type { PushedImage } from '../core/missed-push.ts';

const ecr = new ECRClient();

/** All images of a repository, with the time when each was pushed. */
export const imagesOf = async (repositoryName: string): Promise<readonly PushedImage[]> => {
  const images: PushedImage[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecr.send(
      new DescribeImagesCommand({ repositoryName, ...(nextToken ? { nextToken } : {}) }),
    );
    for (const { imageDigest, imageTags = [], imagePushedAt } of page.imageDetails ?? []) {
      if (!imageDigest || !imagePushedAt) continue;
      images.push({ digest: imageDigest, tags: imageTags, pushedAt: imagePushedAt.getTime() });
    }
    nextToken = page.nextToken;
  } while (nextToken);
  return images;
};
