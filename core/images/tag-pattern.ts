/** Knows patterns of image tags: characters, `*` for any number of them, `?` for one, and classes such as `[0-9]`. */

/** Longest tag that an image reference can have, in characters. */
const LONGEST_TAG = 128;

/** Characters that a tag may have (OCI distribution specification); it begins with none of the last two. */
const TAG_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-';
const FIRST_CHARACTERS = TAG_CHARACTERS.slice(0, -2);

/** One part of a pattern: any number of characters, or one character that is among these (`undefined`: any). */
type Part = 'many' | { readonly among: ReadonlySet<string> | undefined };

type Read = { readonly parts: readonly Part[] } | { readonly problem: string };

/** The characters of tags that a class such as `0-9a-f` or `!0-9` stands for; undefined when it is none. */
const classOf = (text: string): ReadonlySet<string> | undefined => {
  const isNegated = /^[!^]/.test(text);
  const members = isNegated ? text.slice(1) : text;
  if (members === '') return undefined;
  const among = new Set<string>();
  for (let at = 0; at < members.length; at += 1) {
    const from = members[at]!;
    const isRange = members[at + 1] === '-' && members[at + 2] !== undefined;
    const to = isRange ? members[at + 2]! : from;
    if (to < from) return undefined;
    for (const one of TAG_CHARACTERS) if (one >= from && one <= to) among.add(one);
    if (isRange) at += 2;
  }
  return isNegated ? new Set([...TAG_CHARACTERS].filter((one) => !among.has(one))) : among;
};

const read = (pattern: string): Read => {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const one = pattern[at]!;
    if (one === '*') parts.push('many');
    else if (one === '?') parts.push({ among: undefined });
    else if (one !== '[') parts.push({ among: new Set([one]) });
    else {
      const end = pattern.indexOf(']', at + 1);
      if (end < 0) return { problem: 'its [ is never closed' };
      const text = pattern.slice(at + 1, end);
      const among = classOf(text);
      if (!among) return { problem: `[${text}] is no class of characters` };
      parts.push({ among });
      at = end;
    }
  }
  return { parts };
};

const fits = (part: Part | undefined, one: string): boolean =>
  part !== undefined && part !== 'many' && (part.among === undefined || part.among.has(one));

/**
 * Whether a tag matches a pattern as a whole. Only the last `*` is ever tried again, so the work is at most the
 * product of both lengths, whatever the pattern.
 */
export const matchesPattern = (pattern: string, tag: string): boolean => {
  const found = read(pattern);
  if ('problem' in found) return false;
  const { parts } = found;
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < tag.length) {
    if (parts[part] === 'many') {
      star = part;
      starAt = at;
      part += 1;
    } else if (fits(parts[part], tag[at]!)) {
      part += 1;
      at += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      part = star + 1;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === 'many');
};

const hasAny = (part: Part, characters: string): boolean =>
  part === 'many' || [...characters].some((one) => fits(part, one));

/** Why no tag can ever match a pattern; undefined when one can. */
export const patternProblem = (pattern: string): string | undefined => {
  const found = read(pattern);
  if ('problem' in found) return found.problem;
  const [first, ...rest] = found.parts;
  if (first === undefined) return 'it is empty';
  if (!hasAny(first, FIRST_CHARACTERS)) return 'no tag begins so';
  if (!rest.every((part) => hasAny(part, TAG_CHARACTERS)))
    return 'a tag has only letters, digits, _, . and -';
  return found.parts.filter((part) => part !== 'many').length > LONGEST_TAG
    ? `a tag has at most ${LONGEST_TAG} characters`
    : undefined;
};
