import { recovered, takenOver } from '../../core/protocol/recovery.ts';
import { movingTargets } from '../../core/record/record.ts';
import { type Reason, reason } from '../../core/release/reason.ts';
import { logDecision } from '../function/decision-log.ts';
import { changeRelease, findRelease } from '../table/releases.ts';
import { failureOf, isRunning, pairOf } from './executions.ts';

/** Takes a release over from an execution that is gone; refuses while its owner still runs. */
export const takeOver = async (
  release: string,
  { execution, now }: { readonly execution: string; readonly now: string },
) => {
  const no = (text: string): { readonly reasons: readonly Reason[] } => ({
    reasons: [reason('execution-ended', text)],
  });
  const pair = await pairOf(release);
  const record = pair === undefined ? undefined : await findRelease(pair, release);
  if (!pair || !record) return no(`There is no release ${release} that could be recovered`);
  const mayTake = record.owner === execution || record.handingOver;
  if (!mayTake && (await isRunning(record.owner))) {
    return no(`Release ${release} is still driven by ${record.owner}: there is nothing to recover`);
  }
  const failure = await failureOf(record.owner);
  const after = await changeRelease(
    pair,
    release,
    // Only from the owner that was seen to be gone: of two recoveries one comes too late here.
    (current) =>
      current.owner === record.owner ? recovered(current, execution, now, failure) : current,
    { at: now, fact: (taken, before) => takenOver(before, taken, failure) },
  );
  if (after.closed) return no(`Release ${release} has ended: there is nothing to recover`);
  if (after.owner !== execution) {
    return no(`Release ${release} is being recovered by ${after.owner}`);
  }
  if (record.decision === 'none' && after.decision === 'rollback') logDecision(after);
  return {
    outcome: 'resumed' as const,
    pair,
    release,
    targets: movingTargets(after).map(({ name }) => name),
    cause: '',
  };
};
