import type { ReleaseRecord } from '../../record/record.ts';
import { isScalingDue } from '../../record/scaling.ts';
import { type Next, proceed } from './view.ts';

/** What a release does now, after the scaling of its services has been suspended or restored as its phase wants. A rollback does not wait for it. */
export const withScaling = (record: ReleaseRecord, chosen: Next): Next => {
  if (chosen.action === 'rollback') return chosen;
  const ends = 'step' in chosen && chosen.step === 'close-release';
  return isScalingDue({ ...record, phase: chosen.phase }, ends)
    ? proceed(chosen.phase, 'set-scaling')
    : chosen;
};
