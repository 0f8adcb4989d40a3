/** Draws where on its way a release is. */

import type { ReleaseRecord } from '../../core/record/record.ts';
import { PHASES, type Phase } from '../../core/release/phase.ts';
import { styled } from './terminal.ts';

/** Phases of the way forward, which a release passes one after the other. */
const FORWARD: readonly Phase[] = (Object.keys(PHASES) as Phase[]).filter(
  (phase) => phase !== 'RollingBack' && phase !== 'Ended',
);

/**
 * `Validating › Preparing › …` with the phase in bold, at most `width` characters wide where words allow; on the way
 * back, and after the end, that alone.
 */
export const phaseMap = (
  { phase, end }: Pick<ReleaseRecord, 'phase' | 'end'>,
  width: number,
): string => {
  if (!FORWARD.includes(phase)) {
    return styled(['bold', end === 'Promoted' ? 'green' : 'yellow'], end ?? phase);
  }
  const phases = FORWARD.filter((one) => one !== 'Waiting' || phase === 'Waiting');
  const separator = phases.join(' › ').length <= width ? ' › ' : '›';
  return phases
    .map((one) => styled(one === phase ? 'bold' : 'gray', one))
    .join(styled('gray', separator));
};
