import { describe, expect, it } from 'vitest';
import { rowsOf, tableLines, trialLine } from '../../../rehearsal/soak/tally.ts';
import type { Trial } from '../../../rehearsal/soak/trial.ts';

const trial = (more: Partial<Trial> = {}): Trial => ({
  kind: 'web errors-5',
  expected: 'RolledBack',
  end: 'RolledBack',
  right: true,
  codes: ['green-worse'],
  sentence: 'Green of web fails 5 of 100 users.',
  decidedBy: 'judge',
  seconds: 300,
  exposed: 120,
  requests: 9000,
  lost: 0,
  heldBack: 0,
  losses: [],
  realSeconds: 31.4,
  release: 'r-1',
  ...more,
});
const healthy = (more: Partial<Trial> = {}): Trial =>
  trial({ kind: 'healthy', expected: 'Promoted', end: 'Promoted', decidedBy: 'nobody', ...more });

describe('the tally of a soak', () => {
  it('counts by kind what was detected, stopped wrongly, or otherwise wrong', () => {
    const rows = rowsOf([
      trial(),
      trial({ seconds: 500, exposed: 240, decidedBy: 'CodeDeploy' }),
      trial({ end: 'Promoted', right: false, seconds: 1700, exposed: 2000, decidedBy: 'nobody' }),
      healthy(),
      healthy({ end: 'RolledBack', right: false, decidedBy: 'judge' }),
      healthy({ right: false, lost: 1 }),
    ]);

    expect(rows).toMatchObject([
      { kind: 'healthy', releases: 3, detected: 0, stoppedWrongly: 1, wrong: 2 },
      { kind: 'web errors-5', releases: 3, detected: 2, stoppedWrongly: 0, wrong: 1 },
    ]);
    expect(rows[1]).toMatchObject({
      medianSeconds: 500,
      medianExposed: 240,
      by: { judge: 1, CodeDeploy: 1, nobody: 1 },
    });
  });

  it('is a table of columns', () => {
    const lines = tableLines([trial(), trial({ seconds: 400 }), healthy()]);

    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      [
        'kind',
        'releases',
        'detected',
        'stopped wrongly',
        'wrong',
        'median time',
        'met it',
        'decided by',
      ],
      ['healthy', '1', '–', '0', '0', '05:00', '120', 'nobody 1'],
      ['web errors-5', '2', '2', '–', '0', '05:50', '120', 'judge 2'],
    ]);
  });

  it('has a kind whose green nobody met', () => {
    const { seconds: _, ...rest } = trial({ end: 'Rejected', right: false });

    expect(tableLines([rest])[1]).toContain('–  ');
    expect(trialLine(rest, '3/20')).toContain('Rejected, by judge');
  });

  it('tells a trial in a line, with what may excuse it', () => {
    expect(trialLine(trial(), '3/20')).toBe(
      '3/20  right  web errors-5: RolledBack after 05:00, by judge · 120 of 9000 requests met it · 31 real seconds · Green of web fails 5 of 100 users.',
    );
    expect(trialLine(healthy({ right: false, lost: 2, heldBack: 7, sentence: '' }), '4/20')).toBe(
      '4/20  WRONG  healthy: Promoted after 05:00, by nobody · 120 of 9000 requests met it · 2 lost · 7 held back · 31 real seconds',
    );
  });
});
