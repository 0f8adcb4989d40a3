/** Decides a release again from its facts alone: whether the same follows from what was known then. */
import type { Observation } from '../deployments/observation.ts';
import { toldOf } from '../facts/append.ts';
import { type Folded, foldings, type Link } from '../facts/chain.ts';
import type { Data } from '../facts/kinds.ts';
import { type Json, patchOf } from '../facts/patch.ts';
import { readRecord } from '../record/read-record.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { failed, promoted } from './deciding.ts';
import { poll, pollBack } from './poll.ts';

/** Something that a release decided, and what follows now. */
export interface Replayed {
  /** Place of its fact, and its moment. */
  readonly n: number;
  readonly at: string;
  /** What the release did then, and what it would do now: an action of a poll, or a decision. */
  readonly was: string;
  readonly now: string;
  /** Members of the record after it that are not the same now, as paths: `targets.web.lane.share`. */
  readonly different: readonly string[];
  /** Whether all of it is the same. */
  readonly same: boolean;
}

/** What this Tandem makes of a record. */
interface Made {
  readonly record: ReleaseRecord;
  readonly did: string;
}

/** A poll again, by what it saw. */
const pollAgain = (before: ReleaseRecord, look: NonNullable<ReleaseRecord['look']>): Made => {
  const observation = look.observation as unknown as Observation;
  const { record, next } =
    look.machine === 'rollback'
      ? pollBack(before, observation)
      : poll(before, observation, look.votes);
  return { record, did: next.action };
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

const differing = (record: ReleaseRecord, kept: Folded): readonly string[] =>
  pathsIn(patchOf(toldOf(kept), toldOf(record)), '');

const replay = (fact: Link, before: Folded, after: Folded): Replayed | undefined => {
  const { n, at, kind } = fact;
  const decided = kind === 'decided' ? (fact.data as Data<'decided'>) : undefined;
  if (!decided && kind !== 'polled') return undefined;
  const known = readRecord(before);
  const { look } = readRecord(after);
  const isPoll = decided?.in !== 'step';
  if (isPoll && !look) return undefined;
  const made = isPoll ? pollAgain(known, look!) : decideAgain(known, decided!, at);
  const was = decided?.decision ?? (fact.data as Data<'polled'>).action;
  const different = differing(made.record, after);
  return {
    n,
    at,
    was,
    now: made.did,
    different,
    same: made.did === was && different.length === 0,
  };
};

/**
 * Everything that a release decided, in its order, each decided again. What the judge says is taken as it was said:
 * its figures are not among the facts. Throws a ContractError where a record of then cannot be read.
 */
export const replayed = (facts: readonly Link[]): readonly Replayed[] => {
  const records = foldings(facts);
  return facts.flatMap((fact, place) =>
    place === 0 ? [] : (replay(fact, records[place - 1]!, records[place]!) ?? []),
  );
};
