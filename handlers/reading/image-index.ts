import { BatchGetImageCommand } from '@aws-sdk/client-ecr';
import { type ChildImage, childrenOf } from '../../core/checks/image-index.ts';
import { ecr } from '../aws/ecr.ts';

/** Reads the images of an index; a plain image has none. */
export const readChildren = async (
  repositoryName: string,
  imageDigest: string,
): Promise<readonly ChildImage[]> => {
  const { images = [] } = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest }] }),
  );
  return childrenOf(images[0]?.imageManifest ?? '{}');
};
