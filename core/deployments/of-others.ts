import type { TargetRecord } from '../record/record.ts';
import type { TargetObservation } from './observation.ts';

/**
 * Whether others have put live what is neither the old nor the new revision: that is a decision of theirs, and maybe of
 * long after this release. A mixture with such a revision is theirs too: they are shifting traffic to it. The
 * platform's own rollback of ours may also end at a third one: that is set right.
 */
export const isOfOthers = (
  { from, to }: TargetRecord,
  { live, third, forward }: TargetObservation,
): boolean =>
  forward?.rollbackId === undefined &&
  (third !== undefined || ![from?.name, to?.name, 'mixed', 'nothing'].includes(live));
