import type { PutImageRequest } from '@aws-sdk/client-ecr';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { digestOf, isRunnable } from '../../containers/image.ts';
import { type Image, imageOf, type Registry, type Repository } from './state.ts';

interface Manifest {
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly subject?: { readonly digest?: string };
  readonly config?: { readonly mediaType?: string };
  readonly layers?: readonly { readonly size?: number }[];
}

const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,299}$/;

const invalid = (member: string, constraint: string) =>
  new AwsError(
    'InvalidParameterException',
    `Invalid parameter at '${member}' failed to satisfy constraint: '${constraint}'`,
  );

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An image has a configuration and layers, an index of images a list of their manifests. */
const parse = (text: string): Manifest => {
  let manifest: any;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw invalid('imageManifest', 'Invalid JSON syntax');
  }
  const isImage = isObject(manifest?.config) && Array.isArray(manifest.layers);
  if (manifest?.schemaVersion === 2 && (isImage || Array.isArray(manifest.manifests))) {
    return manifest;
  }
  throw invalid('imageManifest', 'Invalid image manifest');
};

/** Refuses what ECR refuses: a digest that isn't the manifest's, an image that is there, a tag that is fixed. */
const check = (account: string, repository: Repository, input: PutImageRequest, digest: string) => {
  if (input.imageDigest && input.imageDigest !== digest) {
    throw new AwsError(
      'ImageDigestDoesNotMatchException',
      `The specified image digest '${input.imageDigest}' does not match the digest '${digest}' of the manifest`,
    );
  }
  const { imageTag } = input;
  if (imageTag !== undefined && !TAG.test(imageTag)) {
    throw invalid('imageTag', `must satisfy regular expression '${TAG.source}'`);
  }
  const where = `repository with name '${repository.name}' in the registry with id '${account}'`;
  const existing = repository.images.get(digest);
  if (existing && (!imageTag || existing.tags.has(imageTag))) {
    const tag = imageTag ? `tag '${imageTag}'` : 'no tag';
    throw new AwsError(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}' and ${tag} already exists in the ${where}`,
    );
  }
  if (repository.tagMutability === 'IMMUTABLE' && imageTag && imageOf(repository, { imageTag })) {
    throw new AwsError(
      'ImageTagAlreadyExistsException',
      `The image tag '${imageTag}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`,
    );
  }
};

/** Puts an image into its repository and tells EventBridge, as every `docker push` ends; `isKept` knows the files of which images are here. */
export const putImage = (
  cloud: Cloud,
  registry: Registry,
  isKept: (digest: string) => boolean,
): Operation => {
  /** `ECR Image Action`, best effort; `image-tag` is absent for a push without one. */
  const tell = (region: string, repository: Repository, image: Image, at: Date, tag?: string) => {
    const detail = {
      result: 'SUCCESS',
      'repository-name': repository.name,
      'image-digest': image.digest,
      'action-type': 'PUSH',
      ...(tag && { 'image-tag': tag }),
      'manifest-media-type': image.mediaType,
      ...(image.artifactMediaType && { 'artifact-media-type': image.artifactMediaType }),
    };
    const entry = {
      Source: 'aws.ecr',
      DetailType: 'ECR Image Action',
      Resources: [],
      Detail: JSON.stringify(detail),
      Time: at,
    };
    const principal = { kind: 'service', service: 'ecr.amazonaws.com' } as const;
    cloud
      .call({
        principal,
        region,
        service: 'events',
        operation: 'PutEvents',
        input: { Entries: [entry] },
      })
      .catch(() => undefined);
  };

  return (input: PutImageRequest, { region }: Caller) => {
    const repository = registry.repository(region, input);
    const text = input.imageManifest ?? '';
    const manifest = parse(text);
    const digest = digestOf(text);
    check(cloud.account, repository, input, digest);

    const { imageTag } = input;
    const now = new Date(cloud.clock.now());
    const existing = repository.images.get(digest);
    const pushedAt = existing && !cloud.quirks.tagMovesPushTime ? existing.pushedAt : now;
    const mediaType =
      input.imageManifestMediaType ??
      manifest.mediaType ??
      'application/vnd.docker.distribution.manifest.v2+json';
    const size = manifest.layers?.reduce((sum, layer) => sum + (layer.size ?? 0), 0) ?? 0;
    const tags = existing?.tags ?? new Set<string>();
    if (imageTag) {
      imageOf(repository, { imageTag })?.tags.delete(imageTag);
      tags.add(imageTag);
    }
    const scannedFrom = repository.scanOnPush && isRunnable(text) ? cloud.clock.now() : undefined;
    const image: Image = {
      ...{ digest, manifest: text, mediaType, size, pushedAt, tags, scannedFrom },
      artifactMediaType: manifest.artifactType ?? manifest.config?.mediaType,
      subject: manifest.subject?.digest,
    };
    repository.images.set(digest, image);
    if (!isKept(digest)) {
      cloud.note(
        'ECR: PutImage takes a manifest without looking for its layers; only an image that was pushed to the sandbox can be run',
      );
    }
    tell(region, repository, image, now, imageTag);

    return {
      image: {
        registryId: cloud.account,
        repositoryName: repository.name,
        imageId: { imageDigest: digest, ...(imageTag && { imageTag }) },
        imageManifest: text,
        imageManifestMediaType: mediaType,
      },
    };
  };
};
