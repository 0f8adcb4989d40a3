/** What lies in a registry beside images that a service can run: signatures, attestations, SBOMs, build caches, charts. */

/** An image, or what looks like one, as the registry lists it. */
export interface RegistryImage {
  readonly digest: string;
  readonly tags: readonly string[];
  /** Milliseconds since 1970: when its digest was pushed first. */
  readonly pushedAt: number;
  readonly manifestMediaType?: string;
  /** Media type of its configuration, or its artifact type; an index has none. */
  readonly artifactMediaType?: string;
  /** Digest of the image that it says something about. */
  readonly subject?: string;
}

/** An entry of ECR's DescribeImages, as far as it is read. */
interface Detail {
  readonly imageDigest?: string | undefined;
  readonly imageTags?: readonly string[] | undefined;
  readonly imagePushedAt?: Date | undefined;
  readonly imageManifestMediaType?: string | undefined;
  readonly artifactMediaType?: string | undefined;
  readonly subjectManifestDigest?: string | undefined;
}

/** The image that an entry of DescribeImages describes; undefined when it lacks what every image has. */
export const registryImage = (detail: Detail): RegistryImage | undefined => {
  const { imageDigest: digest, imagePushedAt, imageTags: tags = [] } = detail;
  if (!digest || !imagePushedAt) return undefined;
  return {
    digest,
    tags,
    pushedAt: imagePushedAt.getTime(),
    ...(detail.imageManifestMediaType && { manifestMediaType: detail.imageManifestMediaType }),
    ...(detail.artifactMediaType && { artifactMediaType: detail.artifactMediaType }),
    ...(detail.subjectManifestDigest && { subject: detail.subjectManifestDigest }),
  };
};

/** Manifests of images, and of indexes that list one image for each platform. */
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
];

/** Configurations of images that a container runtime starts. */
const CONFIGURATIONS = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/** Why something in the registry is no image that a service could run; undefined when it may be one. */
export const notAnImage = ({
  manifestMediaType,
  artifactMediaType,
  subject,
}: Pick<RegistryImage, 'manifestMediaType' | 'artifactMediaType' | 'subject'>):
  | string
  | undefined => {
  if (subject) return `it belongs to the image ${subject}, as a signature or an SBOM does`;
  if (artifactMediaType && !CONFIGURATIONS.includes(artifactMediaType))
    return `it is no image: its media type is ${artifactMediaType}`;
  return manifestMediaType && !MANIFESTS.includes(manifestMediaType)
    ? `it is no image: its manifest is ${manifestMediaType}`
    : undefined;
};

/** Tags that tools give to what they keep beside images. Media types do not show it: cosign's look like an image's. */
const KEPT_BESIDE: readonly (readonly [RegExp, string])[] = [
  [/^sha(256|512)-[0-9a-f]+\.sig$/, 'of a signature (cosign)'],
  [/^sha(256|512)-[0-9a-f]+\.att$/, 'of an attestation (cosign)'],
  [/^sha(256|512)-[0-9a-f]+\.sbom$/, 'of an SBOM (cosign)'],
  [/^sha(256|512)-[0-9a-f]+\./, 'of what belongs to another image'],
  [/^sha(256|512)-[0-9a-f]{64,}$/, 'of what belongs to another image (OCI referrers)'],
  [/^(.*[-_.])?(build-?)?cache([-_.].*)?$/i, 'of a build cache'],
  [/^(helm|charts?)[-_.]/i, 'of a chart'],
];

/** What a tag says it is, when that is nothing to release: "of a signature (cosign)"; undefined otherwise. */
export const keptBeside = (tag: string): string | undefined =>
  KEPT_BESIDE.find(([pattern]) => pattern.test(tag))?.[1];
