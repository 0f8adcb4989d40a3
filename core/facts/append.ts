/** Makes facts of changes of a record. */
import { parsed } from '../text/parsed.ts';
import { type Actor, type Fact, type Head, hashOf, headAfter } from './fact.ts';
import { FACTS, type Happened } from './kinds.ts';
import { asJson, canonical, patchOf } from './patch.ts';

/** What facts are made of: a record. */
interface Told {
  readonly facts?: Head | undefined;
  readonly hooks: readonly { readonly executionId: string }[];
}

/** A fact ready to be kept: its bytes, and the name that they have. */
export interface Line {
  readonly n: number;
  readonly hash: string;
  readonly line: string;
}

/**
 * Members of a record that are in no fact. `facts` is where the facts stand; `listener` is a token, which lets whoever has
 * it speak for the release, and facts are shown to people.
 */
const OUTSIDE: readonly string[] = ['facts', 'listener'];

type Members = { readonly [name: string]: never };

/** The members of a record that facts hold. */
export const membersOf = (record: object): Members =>
  asJson(
    Object.fromEntries(Object.entries(record).filter(([name]) => !OUTSIDE.includes(name))),
  ) as Members;

/** A hook with the hash of its execution id: who has the id may answer the hook. */
const withoutId = (hook: { readonly executionId: string }) => ({
  ...hook,
  executionId: hashOf(hook.executionId),
});

/** What facts hold of a record of the table. A record that was made of facts holds no ids any more: `membersOf` gives the same of it. */
export const toldOf = (record: Pick<Told, 'hooks'>): Members =>
  membersOf({ ...record, hooks: record.hooks.map(withoutId) });

/** When something happened, who did it, and what. */
export interface Happening {
  readonly at: string;
  readonly by: Actor;
  /** At least one; the first one carries what changed. */
  readonly what: readonly Happened[];
}

/**
 * The record after something happened, and the facts of it. `before` is undefined for a record that is opened. Throws a
 * ContractError where the data of a fact does not follow the schema of its kind.
 */
export const appended = <Body extends Told>(
  before: Body | undefined,
  after: Body,
  { at, by, what }: Happening,
): { readonly record: Body; readonly lines: readonly Line[] } => {
  const patch = patchOf(before ? toldOf(before) : {}, toldOf(after));
  const lines: Line[] = [];
  let head = before?.facts;
  for (const [place, { kind, data }] of what.entries()) {
    const fact: Fact = {
      n: (head?.count ?? 0) + 1,
      at,
      by,
      kind,
      data: parsed(FACTS[kind], data, `fact ${kind}`),
      ...(place === 0 && patch ? { patch } : {}),
      prev: head?.hash ?? '',
    };
    const line = canonical(fact);
    const hash = hashOf(line);
    lines.push({ n: fact.n, hash, line });
    head = headAfter(head, fact, hash);
  }
  return { record: { ...after, ...(head ? { facts: head } : {}) }, lines };
};
