/** Image indexes: one tag for several platforms, which is what buildx pushes, also for one platform. */
import type { Platform } from '../images/platform.ts';
import { type Reason, reason } from '../release/reason.ts';

const INDEX_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** An image of an index. */
export interface ChildImage extends Platform {
  readonly digest: string;
}

/** Whether a manifest of this media type is an index. */
export const isIndex = (mediaType: string | undefined): boolean =>
  mediaType !== undefined && INDEX_TYPES.includes(mediaType);

/** The images of an index. Attestations, whose platform is `unknown`, are none. */
export const childrenOf = (manifest: string): readonly ChildImage[] => {
  const { manifests = [] } = JSON.parse(manifest) as {
    manifests?: { digest?: string; platform?: Partial<Platform> }[];
  };
  return manifests.flatMap(({ digest, platform: { os = 'unknown', architecture = '' } = {} }) =>
    digest === undefined || os === 'unknown' ? [] : [{ digest, os, architecture }],
  );
};

const platformText = ({ os, architecture }: Platform): string => `${os}/${architecture}`;

/** The image of an index that tasks on this platform run (any of them where none is known), or why they can run none. */
export const childFor = (
  target: string,
  image: string,
  children: readonly ChildImage[],
  platform: Platform | undefined,
): ChildImage | Reason => {
  const found = children.find(
    ({ os, architecture }) =>
      platform === undefined || (os === platform.os && architecture === platform.architecture),
  );
  if (found) return found;
  const wanted = platform ? platformText(platform) : 'any platform';
  const has = children.map(platformText).join(', ') || 'no image';
  return reason(
    'no-such-image',
    `${image} is an index without an image for ${wanted}, on which ${target} runs; it has ${has}. Build it for ${wanted}, or change runtimePlatform of the task definition`,
    { target },
  );
};
