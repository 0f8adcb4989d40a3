/** Makes facts of changes: whoever changes the record of a release says what has happened. */
import { parsed } from '../text/parsed.ts';
import { type Actor, type Fact, type Head, hashOf, headAfter, lineOf } from './fact.ts';
import { FACTS, type Happened } from './kinds.ts';
import { asJson, patchOf } from './patch.ts';

/** What has facts of its own. */
export interface Told {
  readonly facts?: Head | undefined;
}

/** A fact ready to be kept: its bytes, and the name that they have. */
export interface Line {
  readonly n: number;
  readonly hash: string;
  readonly line: string;
}

/**
 * Members of a record that no fact tells. `facts` is where the facts stand; `listener` is a token, which lets whoever has
 * it speak for the release, and facts are shown to people.
 */
const UNTOLD: readonly string[] = ['facts', 'listener'];

type Members = { readonly [name: string]: never };

/** A hook with the hash of its execution id: who has the id may answer the hook. */
const toldHook = (hook: { readonly executionId: string }) => ({
  ...hook,
  executionId: hashOf(hook.executionId),
});

/** A record as facts tell it. */
export const toldOf = (record: object): Members => {
  const told = Object.entries(record).flatMap(([name, value]) => {
    if (UNTOLD.includes(name)) return [];
    return [[name, name === 'hooks' ? value.map(toldHook) : value] as const];
  });
  return asJson(Object.fromEntries(told)) as Members;
};

/** When something happened, who did it, and what. */
export interface Happening {
  readonly at: string;
  readonly by: Actor;
  /** At least one; the first one carries what changed. */
  readonly what: readonly Happened[];
}

/**
 * The record after something happened, and the facts of it. `before` is undefined for a record that is opened. Throws a
 * ContractError where what is told does not follow the schema of its kind.
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
    const line = lineOf(fact);
    const hash = hashOf(line);
    lines.push({ n: fact.n, hash, line });
    head = headAfter(head, fact, hash);
  }
  return { record: { ...after, ...(head ? { facts: head } : {}) }, lines };
};
