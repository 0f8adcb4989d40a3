/** The one decision of a release: none → promote, none → rollback, promote → rollback; a rollback is final. */

import type { Data, Happened } from '../facts/kinds.ts';
import { isStopped } from '../record/pending-commands.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { type Reason, type ReasonCode, reason } from '../release/reason.ts';
import type { ErrorName } from '../text/errors.ts';
import { type Failure, failureText } from '../text/failure.ts';
import type { Next } from './phases/view.ts';

/** Errors that say what is wrong, not only that a step failed. */
const CODES: Readonly<Partial<Record<ErrorName, ReasonCode>>> = {
  AlarmUnwritableError: 'alarm-missing',
  DeploymentRefusedError: 'deployment-refused',
  FunctionChangedError: 'function-changed',
  VersionFailedError: 'not-ready',
  VersionPendingError: 'version-pending',
  VersionsUnlikeError: 'versions-unlike',
};

const codeOf = ({ Error: error }: Failure): ReasonCode =>
  CODES[error as ErrorName] ?? 'step-failed';

/**
 * The record with the decision to promote. What was ordered, or could not be read, since the look that chose this
 * step comes first: the next look sees it.
 */
export const promoted = (record: ReleaseRecord, now: string): ReleaseRecord =>
  record.decision === 'none' && !record.end && !isStopped(record) && !record.blindSince
    ? {
        ...record,
        decision: 'promote',
        phase: 'Guarding',
        times: { ...record.times, decided: now },
      }
    : record;

/** The record with the decision to roll back, for these reasons first. */
export const rolledBack = (
  record: ReleaseRecord,
  reasons: readonly Reason[],
  now: string,
): ReleaseRecord => ({
  ...record,
  decision: 'rollback',
  phase: 'RollingBack',
  reasons: [...reasons, ...record.reasons],
  times: { ...record.times, decided: now, firstBadSign: record.times.firstBadSign ?? now },
});

/** The record with the decision to roll back after a step has failed. */
export const failed = (record: ReleaseRecord, failure: Failure, now: string): ReleaseRecord =>
  record.end || record.decision === 'rollback'
    ? record
    : rolledBack(
        record,
        [reason(codeOf(failure), `A step failed while ${record.phase}: ${failureText(failure)}`)],
        now,
      );

/** The record after the protocol has spoken: a rollback is written before anything is rolled back. */
export const settled = (record: ReleaseRecord, chosen: Next, now: string): ReleaseRecord =>
  chosen.action !== 'rollback' || record.decision === 'rollback'
    ? { ...record, phase: chosen.phase }
    : rolledBack(record, chosen.reasons, now);

/**
 * The fact of a decision: to promote, with what the judge had found; to roll back, with the reasons.
 * `failure` is what made the step decide, if anything.
 */
export const decidedFact = (
  { decision, reasons, judged }: ReleaseRecord,
  by: Data<'decided'>['in'],
  failure?: Failure,
): Happened => ({
  kind: 'decided',
  data: {
    decision: decision === 'rollback' ? 'rollback' : 'promote',
    reasons,
    judged: judged?.says ?? [],
    in: by,
    ...(failure ? { failure } : {}),
  },
});
