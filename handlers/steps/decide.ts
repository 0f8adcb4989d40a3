import { decidedFact, failed, promoted } from '../../core/protocol/deciding.ts';
import { Decide } from '../../core/steps/decide.ts';
import { logDecision } from '../function/decision-log.ts';
import { step } from '../function/step.ts';
import { changeOwned } from '../releases/owned.ts';

/** Writes the decision: none → promote, none → rollback, promote → rollback; a rollback is final. */
export const handler = step(Decide, async ({ failure, now, ...about }) => {
  const after = await changeOwned(
    about,
    (record) => (failure ? failed(record, failure, now) : promoted(record, now)),
    { at: now, fact: (after) => decidedFact(after, 'step', failure) },
  );
  logDecision(after);
  return { decision: after.decision };
});
