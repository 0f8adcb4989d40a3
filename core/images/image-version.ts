/** Which tag people know an image by. */
import { oneLine } from '../text/one-line.ts';
import { keptBeside } from './registry-image.ts';

/** Longest version that is kept, in characters: tags of images and of functions may be longer. */
const LONGEST = 128;

/**
 * A version as one line of bounded length. A tag of a function may hold any text: one that says nothing, or that mail and
 * chat would take for an address, is no version.
 */
export const versionLine = (version: string): string | undefined => {
  const line = oneLine(version, LONGEST).trim();
  return line === '' || /[/:]/.test(line) ? undefined : line;
};

/** The tag that says nothing of what it names. */
const LATEST = 'latest';

/** How exactly a tag names one image: a full version number before any other tag with a digit, then the longer one. */
const rank = (tag: string): readonly [number, number] => [
  /^v?\d+\.\d+\.\d+/.test(tag) ? 2 : /\d/.test(tag) ? 1 : 0,
  tag.length,
];

const byRank = (one: string, other: string): number => {
  const [[kind, length], [otherKind, otherLength]] = [rank(one), rank(other)];
  return otherKind - kind || otherLength - length || (one < other ? -1 : 1);
};

/** Tags of an image that may be its version. */
export const versionTags = (tags: readonly string[]): readonly string[] =>
  tags.filter((tag) => tag !== LATEST && keptBeside(tag) === undefined);

/**
 * The version of an image: the tag that was asked for or pushed; of an image that was named by its digest, a tag that
 * is `known` as a version (of a function of the pair), else the tag that names it most exactly. Undefined where only
 * `latest` is known, which says nothing.
 */
export const imageVersion = (
  tags: readonly string[],
  asked: string | undefined,
  known: readonly string[],
): string | undefined => {
  if (asked !== undefined && asked !== LATEST) return versionLine(asked);
  const candidates = versionTags(tags);
  return candidates.find((tag) => known.includes(tag)) ?? candidates.toSorted(byRank)[0];
};
