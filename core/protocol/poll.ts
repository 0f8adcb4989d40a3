/** What a poll makes of a record: what was read is written into it, and the one thing to do now is chosen. */
import type { Observation } from '../deployments/observation.ts';
import type { ReleaseRecord } from '../record/record.ts';
import type { Vote } from '../record/vote.ts';
import { type Wait, withWait } from '../record/waiting.ts';
import { toMoment } from '../text/time.ts';
import { type NextBack, nextBack } from '../way-back/way-back.ts';
import { absorb } from './apply-observation.ts';
import { settled } from './deciding.ts';
import { withHandOver, withRound } from './hand-over.ts';
import { next } from './next.ts';
import { withLook, withSight } from './phases/blind.ts';
import type { Next } from './phases/view.ts';

/** The record after a poll, and what the release does now. */
export interface Polled<Chosen> {
  readonly record: ReleaseRecord;
  readonly next: Chosen;
}

const whyOf = (chosen: Next | NextBack): Wait | undefined =>
  chosen.action === 'wait' ? chosen.why : undefined;

/** The record with what a poll saw. */
const withSeen = (
  record: ReleaseRecord,
  machine: 'release' | 'rollback',
  observation: Observation,
  votes: readonly Vote[],
): ReleaseRecord => ({
  ...record,
  look: { machine, observation: { ...observation }, votes: [...votes] },
});

/** A poll of the release machine. `given` are the votes of steps that ran beside the observation. */
export const poll = (
  before: ReleaseRecord,
  observation: Observation,
  given: readonly Vote[],
): Polled<Next> => {
  const absorbed = absorb(before, observation);
  const seeing = withRound(withLook(withSight(absorbed, observation, given), given));
  const chosen = next(seeing, observation, given);
  const after = withHandOver(settled(seeing, chosen, toMoment(observation.now)), chosen);
  const record = withSeen(after, 'release', observation, given);
  return { record: withWait(record, whyOf(chosen)), next: chosen };
};

/** A poll of the rollback machine. */
export const pollBack = (before: ReleaseRecord, observation: Observation): Polled<NextBack> => {
  const back = nextBack(absorb(before, observation), observation);
  const record = withSeen(back.record, 'rollback', observation, []);
  return { record: withWait(record, whyOf(back.next)), next: back.next };
};
