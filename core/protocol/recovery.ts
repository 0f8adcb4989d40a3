import type { Happened } from '../facts/kinds.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { reason } from '../release/reason.ts';
import { type Failure, failureText } from '../text/failure.ts';
import { decidedFact, rolledBack } from './deciding.ts';
import { withNewOwner } from './hand-over.ts';

/**
 * What a new owner makes of the record: the decision is read, never guessed. Undecided releases roll back; decided
 * ones are carried on by the same protocol that would have gone on.
 */
export const recovered = (
  record: ReleaseRecord,
  execution: string,
  now: string,
  failure?: Failure,
): ReleaseRecord => {
  // A second try of the same takeover finds what the first one wrote.
  if (record.closed || record.owner === execution) return record;
  const owned = withNewOwner(record, execution);
  // An end that is written has still to be told, and its turn to be freed. What was handed over goes on as it was.
  if (record.end || record.decision !== 'none' || record.handingOver) return owned;
  const why = failure ? `: ${failureText(failure)}` : '';
  return rolledBack(
    owned,
    [
      reason(
        'execution-ended',
        `Execution ${record.owner} ended in phase ${record.phase}, before the release had decided${why}`,
      ),
    ],
    now,
  );
};

/**
 * The facts of a takeover, from the record before to the record after, which may have decided. Of many takeovers with no
 * line between them only the first gets one.
 */
export const takenOver = (
  { owner, facts, handingOver, decision }: ReleaseRecord,
  after: ReleaseRecord,
  failure?: Failure,
): readonly Happened[] => {
  const about = { from: owner, to: after.owner };
  if (handingOver) return [{ kind: 'handed-over', data: about }];
  const again = facts?.told?.kind === 'taken-over';
  return [
    { kind: 'taken-over', data: { ...about, ...(failure ? { failure } : {}), again } },
    ...(after.decision === decision ? [] : [decidedFact(after, 'takeover')]),
  ];
};
