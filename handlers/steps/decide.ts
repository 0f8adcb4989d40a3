import { failed, promoted } from '../../core/protocol/deciding.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { Decide } from '../../core/steps/decide.ts';
import { logDecision } from '../function/decision-log.ts';
import { step } from '../function/step.ts';
import { changeOwned } from '../releases/owned.ts';

/** The decision as the ledger keeps it: one to promote with what green was judged by, or that it was not. */
const decided = ({ decision, judged }: ReleaseRecord): string =>
  [`Decided: ${decision}`, ...(decision === 'promote' ? (judged?.says ?? []) : [])].join('; ');

/** Writes the decision: none → promote, none → rollback, promote → rollback; a rollback is never taken back. */
export const handler = step(Decide, async ({ failure, now, ...about }) => {
  const after = await changeOwned(
    about,
    (record) => (failure ? failed(record, failure, now) : promoted(record, now)),
    { at: now, line: decided },
  );
  logDecision(after);
  return { decision: after.decision };
});
