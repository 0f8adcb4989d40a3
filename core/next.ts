import type { Observation } from './observation.ts';
import { blind, notRead } from './phases/blind.ts';
import { guarding } from './phases/guarding.ts';
import { shifting } from './phases/shifting.ts';
import { staging } from './phases/staging.ts';
import { type Next, proceed, rollback, type View } from './phases/view.ts';
import { reason } from './reason.ts';
import { movingTargets, type ReleaseRecord } from './record.ts';
import { troubles } from './troubles.ts';
import type { Verdict } from './verdict.ts';

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
 * The pair protocol: from what is recorded, what was read and what the checks say to the one thing to do now.
 * Pure: the same input gives the same answer, in the release, after a crash, and in recovery.
 */
export const next = (record: ReleaseRecord, observation: Observation, alarms: Verdict): Next => {
  const view: View = {
    record,
    moving: movingTargets(record),
    now: observation.now,
    alarms,
    unread: notRead(observation, alarms),
    of: ({ name }) => observation.targets[name],
  };
  if (record.end) return proceed('Ended', 'close-release');
  if (record.decision === 'rollback') {
    return record.takenBack ? proceed('RollingBack', 'close-release') : rollback(...record.reasons);
  }
  const trouble = troubles(record, observation, alarms);
  if (trouble.length > 0) return rollback(...trouble);
  return blind(view) ?? (record.decision === 'promote' ? guarding(view) : undecided(view));
};
