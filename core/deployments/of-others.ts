import type { TargetRecord } from '../record/record.ts';
import { toMilliseconds } from '../text/time.ts';
import type { TargetObservation } from './observation.ts';

/** Whether a reading has shown the target on its old revision, with nothing under way, since its rollback began. */
const wasBack = ({ backSince, countedAt }: TargetRecord): boolean =>
  backSince !== undefined &&
  countedAt !== undefined &&
  toMilliseconds(countedAt) >= toMilliseconds(backSince);

/**
 * Whether others have put live what is neither the old nor the new revision: that is a decision of theirs, and maybe of
 * long after this release. A mixture with such a revision is theirs too: they are shifting traffic to it. The
 * platform's own rollback of ours may also end at a third one: that is set right, unless the target was back already.
 */
export const isOfOthers = (
  target: TargetRecord,
  { live, third, forward }: TargetObservation,
): boolean =>
  (forward?.rollbackId === undefined || wasBack(target)) &&
  (third !== undefined || ![target.from?.name, target.to?.name, 'mixed', 'nothing'].includes(live));
