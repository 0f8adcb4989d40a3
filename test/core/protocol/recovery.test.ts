import { describe, expect, it } from 'vitest';
import { recovered, takenOver } from '../../../core/protocol/recovery.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { codesOf, momentAfter, record } from '../fixture.ts';
import { frozen } from '../model/frozen.ts';

const taken = (change: Parameters<typeof record>[0]): ReleaseRecord =>
  recovered(frozen(record(change)), 'execution-2', momentAfter(10));

describe('a new owner', () => {
  it('takes an undecided release back, and says in which phase it was left', () => {
    const { owner, decision, reasons } = taken({ phase: 'Holding' });

    expect([owner, decision]).toEqual(['execution-2', 'rollback']);
    expect(codesOf(reasons)).toEqual(['execution-ended']);
    expect(reasons[0]?.text).toContain('Holding');
  });

  it.each(['promote', 'rollback'] as const)('carries on what was decided: %s', (decision) => {
    // That the guard has ended stays: an alarm from then on is a new incident.
    const times = { decided: momentAfter(5), guardEnded: momentAfter(9) };
    const before = record({ decision, times });

    expect(taken({ decision, times: before.times })).toEqual({ ...before, owner: 'execution-2' });
  });

  it('carries on an undecided release that its owner has handed over, with its rounds at zero', () => {
    const before = record({ phase: 'Holding', handingOver: true, rounds: 400 });
    const { handingOver: _, rounds: __, ...rest } = before;

    expect(taken({ phase: 'Holding', handingOver: true, rounds: 400 })).toEqual({
      ...rest,
      owner: 'execution-2',
    });
  });

  it('finds its own takeover when it tries again, and carries on what was handed over', () => {
    const first = taken({ phase: 'Holding', handingOver: true, rounds: 400 });

    expect(recovered(first, 'execution-2', momentAfter(11))).toBe(first);
    expect(first.decision).toBe('none');
  });

  it('changes nothing of a release that has ended and is closed', () => {
    const before = record({ end: 'Promoted', decision: 'promote', closed: true });

    expect(recovered(before, 'execution-2', momentAfter(10))).toBe(before);
  });
});

describe('the facts of a takeover', () => {
  const told = (change: Parameters<typeof record>[0]) => {
    const before = record(change);
    return takenOver(before, recovered(before, 'execution-2', momentAfter(10)));
  };
  const toldLast = (kind: string) => ({ count: 3, hash: 'h', told: { kind, at: momentAfter(5) } });
  const about = { from: 'execution-1', to: 'execution-2' };

  it('tell that it rolls back what was not decided, and why', () => {
    expect(told({ phase: 'Holding' })).toMatchObject([
      { kind: 'taken-over', data: { ...about, again: false } },
      { kind: 'decided', data: { decision: 'rollback', reasons: [{ code: 'execution-ended' }] } },
    ]);
    expect(told({ decision: 'promote' })).toMatchObject([{ kind: 'taken-over', data: about }]);
  });

  it('get one line until the ledger has another one', () => {
    const again = (kind: string) =>
      told({ decision: 'promote', facts: toldLast(kind) })[0]?.data as { again?: boolean };

    expect(again('taken-over')).toMatchObject({ again: true });
    expect(again('rolled-back')).toMatchObject({ again: false });
    expect(again('handed-over')).toMatchObject({ again: false });
  });

  it('are another one where the execution before handed over', () => {
    expect(told({ handingOver: true })).toEqual([{ kind: 'handed-over', data: about }]);
  });
});
