import type { ErrorName } from '../core/errors.ts';
import { type Failure, failureText } from '../core/failure.ts';
import { isStopped } from '../core/orders.ts';
import { type ReasonCode, reason } from '../core/reason.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { Decide } from '../core/steps/decide.ts';
import { logDecision } from './decision-log.ts';
import { changeOwned } from './owned.ts';
import { step } from './step.ts';

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
const promote = (record: ReleaseRecord, now: string): ReleaseRecord =>
  record.decision === 'none' && !record.end && !isStopped(record) && !record.blindSince
    ? {
        ...record,
        decision: 'promote',
        phase: 'Guarding',
        times: { ...record.times, decided: now },
      }
    : record;

const goBack = (record: ReleaseRecord, failure: Failure, now: string): ReleaseRecord => {
  if (record.end || record.decision === 'rollback') return record;
  return {
    ...record,
    decision: 'rollback',
    phase: 'RollingBack',
    reasons: [
      reason(codeOf(failure), `A step failed while ${record.phase}: ${failureText(failure)}`),
      ...record.reasons,
    ],
    times: { ...record.times, decided: now, firstBadSign: record.times.firstBadSign ?? now },
  };
};

/** The decision as the ledger keeps it: one to promote with what green was judged by, or that it was not. */
const decided = ({ decision, judged }: ReleaseRecord): string =>
  [`Decided: ${decision}`, ...(decision === 'promote' ? (judged?.says ?? []) : [])].join('; ');

/** Writes the decision: none → promote, none → rollback, promote → rollback; a rollback is never taken back. */
export const handler = step(Decide, async ({ failure, now, ...about }) => {
  const after = await changeOwned(
    about,
    (record) => (failure ? goBack(record, failure, now) : promote(record, now)),
    { at: now, line: decided },
  );
  logDecision(after);
  return { decision: after.decision };
});
