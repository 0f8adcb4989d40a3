import type { FailedHook, ReleaseRecord } from '../record/record.ts';

/** The record with what a hook found; of a hook that is called again, and of a release that rolls back, nothing is new. */
export const withFailedHook = (record: ReleaseRecord, failed: FailedHook): ReleaseRecord => {
  const isKnown = record.failedHooks.some(
    ({ deploymentId, event }) => deploymentId === failed.deploymentId && event === failed.event,
  );
  return isKnown || record.decision === 'rollback' || record.end !== undefined
    ? record
    : { ...record, failedHooks: [...record.failedHooks, failed] };
};
