import { DescribeImagesCommand, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { type RegistryImage, registryImage } from '../../core/images/registry-image.ts';
import { ecr } from '../aws/ecr.ts';

/** All images of a repository, with the time when each was pushed. */
export const imagesOf = async (repositoryName: string): Promise<readonly RegistryImage[]> => {
  const images: RegistryImage[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecr.send(
      new DescribeImagesCommand({ repositoryName, ...(nextToken ? { nextToken } : {}) }),
    );
    images.push(...(page.imageDetails ?? []).flatMap((detail) => registryImage(detail) ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return images;
};

/** One image by its digest; undefined when it is not in the repository any more. */
export const imageOf = async (
  repositoryName: string,
  imageDigest: string,
): Promise<RegistryImage | undefined> => {
  try {
    const { imageDetails = [] } = await ecr.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] }),
    );
    return imageDetails.flatMap((detail) => registryImage(detail) ?? [])[0];
  } catch (error) {
    if (error instanceof ImageNotFoundException) return undefined;
    throw error;
  }
};
