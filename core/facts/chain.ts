/** Reads the facts of a release as the table has them. */
import { parsed } from '../text/parsed.ts';
import { toMilliseconds } from '../text/time.ts';
import { Fact, type Head, hashOf, headAfter } from './fact.ts';
import { type Json, patched } from './patch.ts';

/** A fact with the name of its bytes. */
export type Link = Fact & { readonly hash: string };

/** Reads a line as any Tandem wrote it. Throws a ContractError where it is no fact at all. */
const readLine = (line: string): Link => ({
  ...parsed(Fact, JSON.parse(line), 'fact'),
  hash: hashOf(line),
});

/**
 * The facts that a record stands on, in their order: from its head, each names the one before, down to the one named
 * `since` (default: to the first). What a writer left who lost a race belongs to nothing and is passed over. Throws a
 * sentence where one is missing.
 */
export const chainOf = (
  head: Head | undefined,
  lines: readonly string[],
  since = '',
): readonly Link[] => {
  const all = new Map(lines.map(readLine).map((link) => [link.hash, link]));
  const chain: Link[] = [];
  for (let next = head?.hash ?? ''; next !== since; next = chain.at(-1)!.prev) {
    const link = all.get(next);
    if (!link) {
      const place = (chain.at(-1)?.n ?? head!.count + 1) - 1;
      throw new Error(
        `Fact ${place} of ${head!.count} is missing, or its bytes were changed after it was written`,
      );
    }
    chain.push(link);
  }
  return chain.reverse();
};

/** Every fact that can be read, in its place, whether the record stands on it or not: what is left when one is missing. */
export const leftOf = (lines: readonly string[]): readonly Link[] =>
  lines.map(readLine).sort((a, b) => a.n - b.n);

/** Whoever follows the facts of a release: what it knows of them, and what it takes when its record has more. */
export interface Follower {
  /** Place of the last fact that is known. */
  known(): number;
  /** The new facts. `lines` are those after the known one, in any order. */
  take(head: Head | undefined, lines: readonly string[]): readonly Link[];
}

/** Begins to follow the facts of a release, from the first one on. */
export const follower = (): Follower => {
  let last: Head | undefined;
  return {
    known: () => last?.count ?? 0,
    take: (head, lines) => {
      // Reads may overtake each other: what was taken stays taken.
      if (!head || head.count <= (last?.count ?? 0)) return [];
      const links = chainOf(head, lines, last?.hash);
      last = head;
      return links;
    },
  };
};

/** A record by its facts alone. */
export type Folded = { readonly [name: string]: unknown };

/** The record after each fact, by the facts alone, with where they stand then. */
export const foldings = (facts: readonly Link[]): readonly Folded[] => {
  let body: Json = {};
  let head: Head | undefined;
  return facts.map((fact) => {
    if (fact.patch) body = patched(body, fact.patch as Json);
    head = headAfter(head, fact, fact.hash);
    return { ...(body as object), facts: head };
  });
};

/** What the record is by its facts alone, with where they stand. */
export const folded = (facts: readonly Link[]): Folded => foldings(facts).at(-1) ?? {};

/** The facts until a moment (milliseconds since 1970), and the record as it was then; undefined before the first fact. */
export const until = (
  facts: readonly Link[],
  moment: number,
): { readonly facts: readonly Link[]; readonly folded?: Folded } => {
  // An event may come late: what came after a later fact was not known before that one.
  const first = facts.findIndex(({ at }) => toMilliseconds(at) > moment);
  const known = first < 0 ? facts : facts.slice(0, first);
  return known.length === 0 ? { facts: known } : { facts: known, folded: folded(known) };
};
