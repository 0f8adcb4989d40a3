import { goesBack } from '../../release/intent.ts';
import { asking } from './asking.ts';
import { type Next, proceed, rollback, type View } from './view.ts';

/** Proving: green alone, and mixed versions together; policy says what unproven means. What rolls back was proven when it came. */
export const proving = (view: View): Next => {
  const { proof, policy } = view.record;
  if (goesBack(view.record)) return asking(view);
  if (!proof) return proceed('Proving', 'prove-release');
  if (proof.verdict === 'fail') return rollback(...proof.reasons);
  if (proof.verdict === 'inconclusive' && policy.unproven === 'reject') {
    return rollback(...proof.reasons);
  }
  return asking(view);
};
