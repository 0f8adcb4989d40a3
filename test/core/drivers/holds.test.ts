import { describe, expect, it } from 'vitest';
import { holdsOf, isStaged } from '../../../core/drivers/holds.ts';
import { movingTargets } from '../../../core/record/record.ts';
import { ecsRecord, lambdaRecord, record } from '../fixture.ts';

describe('holdsOf', () => {
  it('holds a service at READY and keeps its blue', () => {
    expect(holdsOf(ecsRecord())).toEqual({
      staged: true,
      start: { by: 'codedeploy-ready' },
      guard: { by: 'codedeploy-termination' },
      restorable: false,
    });
  });

  it('holds a function in its first hook and keeps nothing', () => {
    expect(holdsOf(lambdaRecord())).toEqual({
      staged: false,
      start: { by: 'codedeploy-hook', event: 'BeforeAllowTraffic' },
      guard: undefined,
      restorable: true,
    });
  });

  it('says whose green comes up before the shift', () => {
    expect(movingTargets(record()).map(isStaged)).toEqual([true, false]);
  });
});
