import type { CallFunction, Principal } from '../../cloud.ts';
import { childrenOf, configOf, type ImageConfig, type Platform } from '../../containers/image.ts';

/** An image that a container can be started from. */
export interface PulledImage {
  /** Digest of the image that runs. */
  readonly digest: string;
  /** Digest of what the reference names: an index has another one than the image that is pulled of it. */
  readonly named: string;
  readonly tags: readonly string[];
  readonly config: ImageConfig;
}

interface Reference {
  readonly region: string;
  readonly repositoryName: string;
  readonly imageId: { readonly imageTag?: string; readonly imageDigest?: string };
}

const pattern =
  /^\d{12}\.dkr[.-]ecr\.([a-z0-9-]+)\.(?:amazonaws\.com|on\.aws)\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/;

/** Reads an image reference of a private ECR repository; a digest beats a tag, and no tag is `latest`. */
const parseReference = (image: string): Reference | undefined => {
  const [, region, repositoryName, tag, digest] = pattern.exec(image) ?? [];
  if (!region || !repositoryName) return undefined;
  const imageId = digest ? { imageDigest: digest } : { imageTag: tag ?? 'latest' };
  return { region, repositoryName, imageId };
};

const cannotPull = (reason: string) => new Error(`CannotPullContainerError: ${reason}`);

/** Finds an image in ECR as `puller`, the execution role. Throws an Error that begins with CannotPullContainerError. */
export const pullImage = async (
  call: CallFunction,
  puller: Principal,
  image: string,
  platform: Platform,
): Promise<PulledImage> => {
  const reference = parseReference(image);
  if (!reference) throw cannotPull(`${image} is not in a repository of the sandbox`);
  const { region, repositoryName, imageId } = reference;
  const ecr = (principal: Principal, operation: string, input: unknown) =>
    call({ principal, region, service: 'ecr', operation, input }).catch((error) => {
      throw cannotPull(`pull image manifest has been retried 1 time(s): ${error.message}`);
    });

  await ecr(puller, 'GetAuthorizationToken', {});
  const manifestOf = async (id: Reference['imageId']) => {
    const answer = await ecr(puller, 'BatchGetImage', { repositoryName, imageIds: [id] });
    const found = answer.images?.[0];
    if (!found) throw cannotPull(`failed to resolve ref ${image}: not found`);
    return found;
  };
  const named = await manifestOf(imageId);
  const children = childrenOf(named.imageManifest);
  const child = children.find(
    (one) => one.platform.os === platform.os && one.platform.architecture === platform.architecture,
  );
  if (children.length > 0 && !child) {
    throw cannotPull(
      `image Manifest does not contain descriptor matching platform '${platform.os}/${platform.architecture}'`,
    );
  }
  const found = child ? await manifestOf({ imageDigest: child.digest }) : named;

  const { imageDigest } = named.imageId;
  const details = await ecr({ kind: 'service', service: 'ecs.amazonaws.com' }, 'DescribeImages', {
    repositoryName,
    imageIds: [{ imageDigest }],
  });
  return {
    digest: found.imageId.imageDigest,
    named: imageDigest,
    tags: details.imageDetails?.[0]?.imageTags ?? [],
    config: configOf(found.imageManifest),
  };
};
