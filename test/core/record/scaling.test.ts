import { describe, expect, it } from 'vitest';
import { ended } from '../../../core/people/ending.ts';
import {
  isScalingDue,
  restoration,
  SUSPENDED,
  type SuspendedState,
  suspension,
} from '../../../core/record/scaling.ts';
import { record, scaledRecord } from '../fixture.ts';

const NOTHING: SuspendedState = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};
const IN_PART: SuspendedState = { ...NOTHING, DynamicScalingInSuspended: true };

describe('suspension', () => {
  it.each([
    ['nothing scales the service', {}, undefined, 'leave'],
    ['people have suspended all of it', {}, SUSPENDED, 'leave'],
    ['people have suspended a part of it', {}, IN_PART, 'set'],
    ['an earlier try was lost before the call', { before: NOTHING }, NOTHING, 'set'],
    ['an earlier try was lost after the call', { before: NOTHING }, SUSPENDED, 'nothing'],
    ['others changed it after an earlier try', { before: NOTHING }, IN_PART, 'leave'],
  ] as const)('when %s', (_, known, current, order) => {
    expect(suspension(known, current).do).toBe(order);
  });
});

describe('restoration', () => {
  it.each([
    ['it is as the release has set it', SUSPENDED, 'set'],
    ['it is as it was before', IN_PART, 'nothing'],
    ['others have changed it', NOTHING, 'leave'],
    ['the scalable target is gone', undefined, 'leave'],
  ] as const)('when %s', (_, current, order) => {
    expect(restoration(IN_PART, current).do).toBe(order);
  });
});

describe('a service whose scaling is to be suspended', () => {
  it.each([
    ['Staging', undefined, true],
    ['Asking', undefined, false],
    ['Asking', { before: NOTHING }, true],
    ['Shifting', undefined, true],
    ['Shifting', { before: NOTHING }, false],
    ['Shifting', { left: 'it was suspended before the release' }, false],
    ['Holding', { before: NOTHING }, true],
    ['Holding', { before: NOTHING, failed: { tries: 1, why: 'denied' } }, false],
    ['Holding', { left: 'it was suspended before the release' }, false],
  ] as const)('in %s, with %o on record, is due: %s', (phase, scaling, due) => {
    const release = record({ phase, targets: [scaledRecord(scaling ? { scaling } : {})] });

    expect(isScalingDue(release, false)).toBe(due);
  });

  it('is tried once more at the end, and then the end has the command', () => {
    const failed = (tries: number) =>
      record({
        phase: 'Guarding',
        decision: 'promote',
        targets: [scaledRecord({ scaling: { before: IN_PART, failed: { tries, why: 'denied' } } })],
      });

    expect(isScalingDue(failed(1), true)).toBe(true);
    expect(isScalingDue(failed(2), true)).toBe(false);
    const { end, reasons } = ended(failed(2), '2026-01-05T10:00:00Z');
    expect(end).toBe('Promoted');
    expect(reasons.map(({ code }) => code)).toEqual(['scaling-suspended']);
    expect(reasons[0]?.text).toContain('(denied)');
    expect(reasons[0]?.text).toContain(
      '--suspended-state DynamicScalingInSuspended=true,DynamicScalingOutSuspended=false,ScheduledScalingSuspended=false',
    );
  });
});
