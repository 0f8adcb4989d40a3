import type { Registration } from '../../core/drivers/registration.ts';
import { imageVersion, versionTags } from '../../core/images/image-version.ts';
import { imageOf, type ReleaseInput, readImage, type Wanted } from '../../core/release/input.ts';
import { forPeople } from '../function/for-people.ts';
import { versionTagsOf } from './version-tags.ts';

/** What the functions of a pair say that they are, where that is needed to choose among several tags. */
const knownVersions = async (
  registration: Registration,
  tags: readonly string[],
): Promise<readonly string[]> => {
  if (versionTags(tags).length < 2) return [];
  const found = await forPeople(() => versionTagsOf(registration));
  return Object.values(found ?? {}).flatMap((version) => version ?? []);
};

/** The version that people know a wanted image by; undefined for a function, whose version is read when it is published. */
export const wantedVersion = async (
  registration: Registration,
  { pushed }: Pick<ReleaseInput, 'pushed'>,
  wanted: Wanted,
  tags: readonly string[] | undefined,
): Promise<string | undefined> => {
  if (tags === undefined) return undefined;
  const asked = readImage(imageOf(wanted) ?? '')?.tag ?? pushed?.tag;
  const known = asked === undefined ? await knownVersions(registration, tags) : [];
  return imageVersion(tags, asked, known);
};
