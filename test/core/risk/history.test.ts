import { describe, expect, it } from 'vitest';
import { PastRelease } from '../../../core/release/fate.ts';
import { outcomesOf, seenOf } from '../../../core/risk/history.ts';
import { ecsRecord, momentAfter, record } from '../fixture.ts';
import { brought, daysAgo, past, usual } from './fixture.ts';

const now = momentAfter(0);
const unmet = { web: { unchanged: false, shifted: false } };
/** A release that rolls back from what one of so many days ago has brought. */
const undoOf = (days: number, change: Partial<PastRelease> = {}) =>
  past(1, { intent: 'rollback', targets: brought(`${days} days ago`, 'older'), ...change });
const takenBack = (...all: readonly PastRelease[]) => outcomesOf(all).map((one) => one.takenBack);

describe('a release of the past', () => {
  it.each<[string, Partial<PastRelease>, readonly boolean[]]>([
    ['was promoted', { end: 'Promoted' }, [false]],
    ['was rolled back', { end: 'RolledBack' }, [true]],
    ['was aborted under users', { end: 'Aborted' }, [true]],
    ['was aborted before any user met it', { end: 'Aborted', targets: unmet }, []],
    ['needs attention on its rollback', { end: 'NeedsAttention', decision: 'rollback' }, [true]],
    ['needs attention, promoted', { end: 'NeedsAttention', decision: 'promote' }, []],
    ['was rejected', { end: 'Rejected' }, []],
    ['was superseded', { end: 'Superseded' }, []],
    ['changed nothing', { end: 'Unchanged' }, []],
    ['goes on', { end: undefined }, []],
    ['has an end that another version knows', { end: 'Paused' }, []],
    ['went back to an older revision', { end: 'Promoted', intent: 'rollback' }, []],
  ])('that %s', (_, change, told) => {
    expect(takenBack(past(1, change))).toEqual(told);
  });

  it('counts as rolled back when people went back from it within a week', () => {
    expect(takenBack(undoOf(3), past(3))).toEqual([true]);
    expect(takenBack(undoOf(9), past(9))).toEqual([false]);
    expect(takenBack(undoOf(3, { end: 'Rejected' }), past(3))).toEqual([false]);
    expect(takenBack(undoOf(2), past(2), past(3))).toEqual([true, false]);
  });

  it('does not count as rolled back when people went back from something else', () => {
    expect(takenBack(undoOf(5), past(3))).toEqual([false]);
    const alone = { api: { unchanged: false, shifted: true, from: { ref: '3 days ago' } } };
    expect(takenBack(undoOf(3, { targets: alone }), past(3))).toEqual([false]);
  });

  it('is read out of its record, also out of one with more in it', () => {
    const whole = record({
      end: 'RolledBack',
      change: usual,
      targets: [ecsRecord()],
    });
    expect(outcomesOf([PastRelease.parse({ ...whole, invented: true })])).toEqual([
      { started: now, change: usual, takenBack: true },
    ]);
  });

  it('comes after those that were started later, whatever order they are given in', () => {
    expect(outcomesOf([past(5), past(1), past(3)]).map(({ started }) => started)).toEqual(
      [1, 3, 5].map(daysAgo),
    );
  });
});

describe('what was seen', () => {
  it('counts for less with each release and each day after it', () => {
    const [first, second, third] = seenOf(outcomesOf([past(0), past(1), past(800)]), now).seen;
    expect(first!.weight).toBe(1);
    expect(second!.weight).toBeLessThan(1);
    expect(third!.weight).toBeLessThan(0.5);
  });
});
