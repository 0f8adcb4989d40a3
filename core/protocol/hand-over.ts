/** When a release moves to a fresh execution: Step Functions ends one with its 25,000th event (quota "Maximum execution history size"). */

import type { ReleaseRecord } from '../record/record.ts';
import type { Next } from './phases/view.ts';

/**
 * Rounds of one execution at most. A round is 13 events (Observe 5, Act 2, Listen 6), so 400 are 5,200; of an earlier
 * machine, which an execution keeps, it is 23, so 400 are 9,200. The rest is for the wait for the turn and for tries
 * that fail, 3 to 4 events each.
 * @internal
 */
export const MOST_ROUNDS = 400;

/** The record with one more round of the execution that owns it. */
export const withRound = (record: ReleaseRecord): ReleaseRecord => ({
  ...record,
  rounds: (record.rounds ?? 0) + 1,
});

/** Whether the execution that owns the release starts a fresh one now: only while there is nothing to do but wait. */
const handsOver = ({ rounds = 0 }: ReleaseRecord, { action }: Pick<Next, 'action'>) =>
  action === 'wait' && rounds >= MOST_ROUNDS;

/** The record with what the execution does after this look: hand over, or what was chosen, whatever an earlier try said. */
export const withHandOver = (
  { handingOver: _earlier, ...record }: ReleaseRecord,
  chosen: Pick<Next, 'action'>,
): ReleaseRecord => (handsOver(record, chosen) ? { ...record, handingOver: true } : record);

/** The record as a new owner gets it: nothing is handed over yet, and its execution has had no rounds. */
export const withNewOwner = (
  { handingOver: _handed, rounds: _rounds, ...record }: ReleaseRecord,
  owner: string,
): ReleaseRecord => ({ ...record, owner });
