/** Revisions in words for people: the version that they know, beside the revision that AWS knows. */

/** A revision as far as people must know it. */
export interface Named {
  readonly name: string;
  readonly version?: string | undefined;
  readonly commit?: string | undefined;
}

/** A revision by what people know of it, without what AWS reads. */
export const namedRevision = ({ name, version, commit }: Named) => ({
  name,
  ...(version === undefined ? {} : { version }),
  ...(commit === undefined ? {} : { commit }),
});

/** What a target came from, and what it goes to. */
interface Sides {
  readonly from?: Named | undefined;
  readonly to?: Named | undefined;
}

/** Longest version in a lane, in characters: `2026.11.30-rc.1-4f2a9c1` fits. */
const LONGEST_SHORT = 24;

/** Characters of a commit that people compare. */
const SHORT_COMMIT = 7;

const isHash = (text: string): boolean => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

/** A commit as git shows it: its first seven characters. */
const commitText = (commit: string): string => commit.slice(0, SHORT_COMMIT);

/** What new versions are built from and who wrote that, where it is known: `commit 4f2a9c1, written by ada`. */
export const originText = (
  commit: string | undefined,
  authors: readonly string[] = [],
): string | undefined => {
  const parts = [
    ...(commit === undefined ? [] : [`commit ${commitText(commit)}`]),
    ...(authors.length > 0 ? [`written by ${authors.join(', ')}`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : undefined;
};

/** How AWS calls a revision: `storefront-web:4`, `version 3`; the versions of a function are bare numbers. */
const revisionName = (name: string): string => (/^\d+$/.test(name) ? `version ${name}` : name);

/** `2.0.0 (storefront-web:4)`, `2.0.0 (version 3)`; without a known version the revision alone. */
export const revisionText = (revision: Named | undefined): string => {
  if (!revision) return 'an unknown revision';
  const called = revisionName(revision.name);
  return revision.version === undefined ? called : `${revision.version} (${called})`;
};

/** The same with the commit where it is known: `2.0.0 (storefront-web:4, commit 4f2a9c1)`. @internal */
export const revisionWithCommit = ({ name, version, commit }: Named): string => {
  if (commit === undefined || isHash(version ?? '')) return revisionText({ name, version });
  const called = `commit ${commitText(commit)}`;
  return version === undefined
    ? `${revisionName(name)} (${called})`
    : `${version} (${revisionName(name)}, ${called})`;
};

/** The version alone, as short as a column needs it; without a known version the revision. */
export const shortText = ({ name, version }: Named): string => {
  if (version === undefined) return revisionName(name);
  if (isHash(version)) return commitText(version);
  return version.length > LONGEST_SHORT ? `${version.slice(0, LONGEST_SHORT - 1)}…` : version;
};

/** From blue to green in full: `1.0.0 (storefront-web:3) → 2.0.0 (storefront-web:4)`. */
export const movedText = (from: Named, to: Named): string =>
  `${revisionText(from)} → ${revisionWithCommit(to)}`;

/** From blue to green in a column: `1.0.0 → 2.0.0`; in full where both would read the same. */
export const movedShort = (from: Named, to: Named): string => {
  const [before, after] = [shortText(from), shortText(to)];
  return before === after ? `${revisionText(from)} → ${revisionText(to)}` : `${before} → ${after}`;
};

/** The revision of a target that was read under a name; one that the release does not know has no version. @internal */
export const namedOf = ({ from, to }: Sides, name: string): Named =>
  [to, from].find((one) => one?.name === name) ?? { name };

/** What a target was seen to serve, for people: `2.0.0 (storefront-web:4)`, `mixed`, `nothing`. */
export const seenText = (target: Sides, name: string): string =>
  revisionText(namedOf(target, name));

/** The versions of both sides of a target, and of what users are on if that is read, for programs; a member whose version is not known is left out. */
export const versionsOf = (sides: Sides, live?: string) => {
  const { from, to } = sides;
  const liveVersion = live === undefined ? undefined : namedOf(sides, live).version;
  return {
    ...(from?.version === undefined ? {} : { fromVersion: from.version }),
    ...(to?.version === undefined ? {} : { toVersion: to.version }),
    ...(liveVersion === undefined ? {} : { liveVersion }),
  };
};
