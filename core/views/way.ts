import type { ReleaseRecord } from '../record/record.ts';
import type { End } from '../release/end.ts';
import { PHASES, type Phase } from '../release/phase.ts';

/** Phases of the way forward, which a release passes one after the other. */
const FORWARD: readonly Phase[] = (Object.keys(PHASES) as Phase[]).filter(
  (phase) => phase !== 'RollingBack' && phase !== 'Ended',
);

/** Where on its way a release is: at one of the phases that lead forward, or past them, rolling back or ended. */
export type Way =
  | { readonly phases: readonly Phase[]; readonly at: Phase }
  | { readonly left: Phase | End };

/** Where on its way a release is. `Waiting` is a phase of those that wait only. */
export const wayOf = ({ phase, end }: Pick<ReleaseRecord, 'phase' | 'end'>): Way =>
  FORWARD.includes(phase)
    ? { phases: FORWARD.filter((one) => one !== 'Waiting' || phase === 'Waiting'), at: phase }
    : { left: end ?? phase };
