import { describe, expect, it } from 'vitest';
import { holdsOf, isStaged } from '../../../core/drivers/drivers.ts';
import { movingTargets } from '../../../core/record/record.ts';
import { minutes } from '../../../core/text/time.ts';
import { ecsRecord, lambdaRecord, policy, record } from '../fixture.ts';

describe('holdsOf', () => {
  const asked = policy({ approvalMinutes: 2000, guardMinutes: 45 });

  it('holds a service at READY until people have answered, and keeps its blue longer than the guard', () => {
    const { start, barrier, guard, ...rest } = holdsOf(ecsRecord());

    expect(rest).toEqual({ staged: true, restorable: false });
    expect(start).toMatchObject({ by: 'wait', silence: 'rollback' });
    expect(start.lifetime(asked)).toBeGreaterThan(minutes(2000));
    expect(barrier).toMatchObject({ event: 'AfterAllowTraffic', silence: 'rollback' });
    expect(guard).toMatchObject({ by: 'wait', silence: 'promote' });
    expect(guard!.lifetime(asked)).toBe(minutes(75));
  });

  it('holds a function in its first hook for an hour and keeps nothing', () => {
    const { start, barrier, ...rest } = holdsOf(lambdaRecord());

    expect(rest).toEqual({ staged: false, guard: undefined, restorable: true });
    expect(start).toMatchObject({ by: 'hook', event: 'BeforeAllowTraffic' });
    expect([start, barrier].map(({ lifetime }) => lifetime(asked))).toEqual([
      minutes(60),
      minutes(60),
    ]);
  });

  it('says whose green comes up before the shift', () => {
    expect(movingTargets(record()).map(isStaged)).toEqual([true, false]);
  });
});
