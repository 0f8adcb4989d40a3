import type {
  Image as AwsImage,
  BatchDeleteImageRequest,
  BatchGetImageRequest,
  DescribeImagesRequest,
  ImageDetail,
  ImageFailure,
  ImageIdentifier,
  ListImagesRequest,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { paging, refusePages } from './paging.ts';
import {
  type Image,
  identifiers,
  imageOf,
  type Named,
  printed,
  type Registry,
  type Repository,
} from './state.ts';

const notFound = (imageId: ImageIdentifier): ImageFailure => ({
  imageId,
  failureCode: 'ImageNotFound',
  failureReason: 'Requested image not found',
});

const passes = (image: Image, tagStatus: string | undefined): boolean =>
  tagStatus === undefined ||
  tagStatus === 'ANY' ||
  (tagStatus === 'TAGGED') === image.tags.size > 0;

const detail = (account: string, repository: Repository, image: Image): ImageDetail => ({
  registryId: account,
  repositoryName: repository.name,
  imageDigest: image.digest,
  ...(image.tags.size > 0 && { imageTags: [...image.tags] }),
  imageSizeInBytes: image.size,
  imagePushedAt: image.pushedAt,
  imageManifestMediaType: image.mediaType,
  ...(image.artifactMediaType && { artifactMediaType: image.artifactMediaType }),
  ...(image.subject && { subjectManifestDigest: image.subject }),
});

/** Takes one image, or one tag of it, out of its repository. */
const remove = (repository: Repository, image: Image, { imageTag }: ImageIdentifier) => {
  if (imageTag) image.tags.delete(imageTag);
  if (!imageTag || image.tags.size === 0) repository.images.delete(image.digest);
};

/** Operations that read and delete images. */
export const imageOperations = (registry: Registry): Record<string, Operation> => {
  const { account } = registry;
  const repositoryOf = (input: Named, { region }: Caller) => registry.repository(region, input);

  return {
    DescribeImages: (input: DescribeImagesRequest, caller: Caller) => {
      const repository = repositoryOf(input, caller);
      const images = input.imageIds?.length
        ? input.imageIds.map((id) => {
            const image = imageOf(repository, id);
            if (image) return image;
            throw new AwsError(
              'ImageNotFoundException',
              `The image with imageId ${printed(id)} does not exist within the repository with name '${repository.name}' in the registry with id '${account}'`,
            );
          })
        : [...repository.images.values()];
      if (input.imageIds?.length) refusePages(input, 'imageIds');
      const found = [...new Set(images)].filter((image) => passes(image, input.filter?.tagStatus));
      const { items, next } = page(paging, found, input);
      return { imageDetails: items.map((image) => detail(account, repository, image)), ...next };
    },

    ListImages: (input: ListImagesRequest, caller: Caller) => {
      const found = [...repositoryOf(input, caller).images.values()]
        .filter((image) => passes(image, input.filter?.tagStatus))
        .flatMap(identifiers);
      const { items, next } = page(paging, found, input);
      return { imageIds: items, ...next };
    },

    BatchGetImage: (input: BatchGetImageRequest, caller: Caller) => {
      const repository = repositoryOf(input, caller);
      const images: AwsImage[] = [];
      const failures: ImageFailure[] = [];
      for (const id of input.imageIds ?? []) {
        const image = imageOf(repository, id);
        if (!image) {
          failures.push(notFound(id));
          continue;
        }
        images.push({
          registryId: account,
          repositoryName: repository.name,
          imageId: { imageDigest: image.digest, ...(id.imageTag && { imageTag: id.imageTag }) },
          imageManifest: image.manifest,
          imageManifestMediaType: image.mediaType,
        });
      }
      return { images, failures };
    },

    BatchDeleteImage: (input: BatchDeleteImageRequest, caller: Caller) => {
      const repository = repositoryOf(input, caller);
      const imageIds: ImageIdentifier[] = [];
      const failures: ImageFailure[] = [];
      for (const id of input.imageIds ?? []) {
        const image = imageOf(repository, id);
        if (!image) {
          failures.push(notFound(id));
          continue;
        }
        imageIds.push(
          ...(id.imageTag ? [{ ...id, imageDigest: image.digest }] : identifiers(image)),
        );
        remove(repository, image, id);
      }
      return { imageIds, failures };
    },
  };
};
