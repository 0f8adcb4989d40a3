import type { Observation } from '../deployments/observation.ts';
import { movingTargets, type ReleaseRecord } from '../record/record.ts';
import { heard, isOpposed, reasonsOf, type Vote, vote } from '../record/vote.ts';
import { reason } from '../release/reason.ts';
import { fail, pass } from '../release/verdict.ts';
import { abortReason } from './command.ts';
import { blind, notRead } from './phases/blind.ts';
import { guarding } from './phases/guarding.ts';
import { withScaling } from './phases/scaling.ts';
import { shifting } from './phases/shifting.ts';
import { staging } from './phases/staging.ts';
import { type Next, proceed, rollback, type View } from './phases/view.ts';
import { targetsVote } from './targets-vote.ts';

/** What people have to say: one who ordered to abort is against the release. */
const peopleVote = ({ commands: { abort } }: ReleaseRecord): Vote =>
  vote('people', abort ? fail(abortReason(abort)) : pass);

/** Everybody's vote, whatever the phase: people first, then those of steps that count, then the targets. */
const votesOf = (
  record: ReleaseRecord,
  observation: Observation,
  given: readonly Vote[],
): readonly Vote[] => {
  const counted = heard(record, given);
  const isRed = isOpposed(counted.filter(({ by }) => by === 'alarms'));
  return [peopleVote(record), ...counted, targetsVote(record, observation, isRed)];
};

/** Before the decision: from the new revisions to the barrier. */
const undecided = (view: View): Next => {
  if (view.moving.length === 0) return proceed('Preparing', 'close-release');
  if (view.moving.some(({ to }) => to === undefined)) {
    return rollback(reason('step-failed', 'The new revisions were not all made'));
  }
  if (view.record.times.shifted !== undefined) return shifting(view);
  return staging(view);
};

/**
 * The pair protocol: from what is recorded, what was read and what is voted to the one thing to do now.
 * `given` are the votes of steps that ran beside the observation; people and targets vote by record and reading.
 * Pure: the same input gives the same answer, in the release, after a crash, and in recovery.
 */
export const next = (
  record: ReleaseRecord,
  observation: Observation,
  given: readonly Vote[],
): Next => {
  const votes = votesOf(record, observation, given);
  const view: View = {
    record,
    moving: movingTargets(record),
    now: observation.now,
    votes,
    unread: notRead(observation, votes),
    of: ({ name }) => observation.targets[name],
  };
  if (record.end) return proceed('Ended', 'close-release');
  if (record.decision === 'rollback') {
    return record.takenBack
      ? withScaling(record, proceed('RollingBack', 'close-release'))
      : rollback(...record.reasons);
  }
  if (isOpposed(votes)) return rollback(...reasonsOf(votes, 'fail'));
  const chosen = blind(view) ?? (record.decision === 'promote' ? guarding(view) : undecided(view));
  return withScaling(record, chosen);
};
