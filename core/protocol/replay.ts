/** Decides a release again from its facts alone: whether the same follows from what was known then. */
import { membersOf, toldOf } from '../facts/append.ts';
import { type Folded, foldings, type Link } from '../facts/chain.ts';
import type { Data } from '../facts/kinds.ts';
import { type Json, patchOf } from '../facts/patch.ts';
import { basesOf } from '../judge/basis.ts';
import { judgedBy } from '../judge/judged-by.ts';
import { readRecord } from '../record/read-record.ts';
import type { ReleaseRecord } from '../record/record.ts';
import type { Vote } from '../record/vote.ts';
import { failed, promoted } from './deciding.ts';
import { keptObservation } from './kept-observation.ts';
import { poll, pollBack } from './poll.ts';
import { recovered } from './recovery.ts';

/** Something that a release decided, and what follows now. */
export interface Replayed {
  /** Place of its fact, and its moment. */
  readonly n: number;
  readonly at: string;
  /** What the release did then, and what it would do now: an action of a poll, or a decision. */
  readonly was: string;
  readonly now: string;
  /** Whether the judge was run again; its vote was taken as it was said where what it rests on is not kept. */
  readonly judged: boolean;
  /** Members of the record after it that are not the same now, as paths: `targets.web.lane.share`. */
  readonly different: readonly string[];
  /** Members that say the same in other words, as paths. Other words are no other decision. */
  readonly reworded: readonly string[];
  /** Whether all of it is the same, but for words. */
  readonly same: boolean;
}

/** What this Tandem makes of a record. */
interface Made {
  readonly record: ReleaseRecord;
  readonly did: string;
}

/** The judge's vote among those of a poll. */
const judgeIn = ({ look }: ReleaseRecord): Vote | undefined =>
  look?.votes.find(({ restsOn }) => restsOn);

/** The judge's vote again, as it follows from what it rests on; undefined where that is not known. */
type JudgeAgain = (vote: Vote) => Vote | undefined;

/** A poll again, by what it saw. */
const pollAgain = (
  before: ReleaseRecord,
  look: NonNullable<ReleaseRecord['look']>,
  judgeAgain: JudgeAgain,
): Made => {
  const observation = keptObservation({ targets: before.targets, look });
  const { record, next } =
    look.machine === 'rollback'
      ? pollBack(before, observation)
      : poll(
          before,
          observation,
          look.votes.map((vote) => judgeAgain(vote) ?? vote),
        );
  const { observation: kept } = look;
  return { record: { ...record, look: { ...record.look!, observation: kept } }, did: next.action };
};

const decideAgain = (before: ReleaseRecord, { failure }: Data<'decided'>, at: string): Made => {
  const record = failure ? failed(before, failure, at) : promoted(before, at);
  return { record, did: record.decision };
};

/** Paths of the members that a patch changes. */
const pathsIn = (patch: Json | undefined, path: string): readonly string[] =>
  typeof patch === 'object' && patch !== null && !Array.isArray(patch)
    ? Object.entries(patch).flatMap(([name, inner]) =>
        pathsIn(inner, path === '' ? name : `${path}.${name}`),
      )
    : patch === undefined
      ? []
      : [path];

type Members = ReturnType<typeof membersOf>;

const differing = (now: Members, kept: Members): readonly string[] =>
  pathsIn(patchOf(kept, now), '');

/** Members that hold sentences for people, and commands for them to run. */
const WORDS: ReadonlySet<string> = new Set('text says advice why run unread outdated'.split(' '));

/** What a record says, whatever its words are. */
const wordless = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(wordless);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, WORDS.has(name) ? '' : wordless(one)]),
  );
};

/** Paths of what differs between two records, and of what differs by its words alone. */
const compared = (
  now: Members,
  kept: Members,
): { readonly different: readonly string[]; readonly reworded: readonly string[] } => {
  const all = differing(now, kept);
  if (all.length === 0) return { different: all, reworded: all };
  const different = differing(wordless(now) as Members, wordless(kept) as Members);
  return { different, reworded: all.filter((path) => !different.includes(path)) };
};

/** What a fact decided, and the same again; undefined of a fact that decided nothing, or does not tell by what. */
const again = (
  { kind, data, at }: Link,
  before: ReleaseRecord,
  after: ReleaseRecord,
  judgeAgain: JudgeAgain,
): { readonly was: string; readonly made: Made } | undefined => {
  if (kind === 'taken-over' || kind === 'handed-over') {
    const { to, failure } = data as Data<'taken-over'>;
    const record = recovered(before, to, at, failure);
    return { was: after.decision, made: { record, did: record.decision } };
  }
  if (kind === 'decided') {
    const decided = data as Data<'decided'>;
    if (decided.in === 'step')
      return { was: decided.decision, made: decideAgain(before, decided, at) };
    // The decision of a takeover follows from the takeover.
    if (decided.in === 'takeover' || !after.look) return undefined;
    return { was: decided.decision, made: pollAgain(before, after.look, judgeAgain) };
  }
  if (kind !== 'polled' || !after.look) return undefined;
  return { was: (data as Data<'polled'>).action, made: pollAgain(before, after.look, judgeAgain) };
};

const replay = (
  fact: Link,
  before: Folded,
  after: Folded,
  judgeAgain: JudgeAgain,
): Replayed | undefined => {
  // What only another version of Tandem knows is no difference.
  const kept = readRecord(after);
  const found = again(fact, readRecord(before), kept, judgeAgain);
  if (!found) return undefined;
  const { was, made } = found;
  const { different, reworded } = compared(membersOf(made.record), membersOf(kept));
  const vote = fact.kind === 'polled' || fact.kind === 'decided' ? judgeIn(kept) : undefined;
  return {
    ...{ n: fact.n, at: fact.at, was, now: made.did, different, reworded },
    judged: vote !== undefined && judgeAgain(vote) !== undefined,
    same: made.did === was && different.length === 0,
  };
};

/** Members of a record that do not follow from its facts, as paths: they were changed by hand. */
export const changedByHand = (record: ReleaseRecord, facts: readonly Link[]): readonly string[] => {
  const last = foldings(facts).at(-1);
  return last ? differing(toldOf(record), membersOf(readRecord(last))) : [];
};

/** Runs the judge again by the record that it knew then and by what its vote rests on. */
const judging =
  (records: readonly Folded[], basisAt: ReturnType<typeof basesOf>): JudgeAgain =>
  ({ restsOn }) => {
    const record = restsOn && records[restsOn.fact - 1];
    const basis = restsOn && basisAt(restsOn.basis);
    return record && basis && { ...judgedBy(readRecord(record), basis), restsOn };
  };

/**
 * Everything that a release decided, in its order, each decided again. `bases` are the lines of what the judge's votes
 * rest on: a vote whose lines are missing is taken as it was said. Throws a ContractError where a record of then cannot
 * be read.
 */
export const replayed = (facts: readonly Link[], bases: readonly string[]): readonly Replayed[] => {
  const records = foldings(facts);
  const judgeAgain = judging(records, basesOf(bases));
  return facts.flatMap((fact, place) =>
    place === 0 ? [] : (replay(fact, records[place - 1]!, records[place]!, judgeAgain) ?? []),
  );
};
