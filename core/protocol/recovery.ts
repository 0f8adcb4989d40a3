import type { Happened } from '../facts/kinds.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { reason } from '../release/reason.ts';
import { type Failure, failureText } from '../text/failure.ts';
import { rolledBack } from './deciding.ts';
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

/** A takeover as its fact tells it; of many with nothing between them the first one says enough. */
export const takenOver = (
  { owner, facts, handingOver }: ReleaseRecord,
  execution: string,
): Happened => ({
  kind: 'taken-over',
  data: {
    from: owner,
    to: execution,
    handedOver: handingOver ?? false,
    again: facts?.told?.kind === 'taken-over',
  },
});
