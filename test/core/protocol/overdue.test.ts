import { describe, expect, it } from 'vitest';
import { isOverdue } from '../../../core/protocol/overdue.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { atMinute, momentAfter, record } from '../fixture.ts';

const told = (minute: number, change: Parameters<typeof record>[0]): ReleaseRecord => ({
  ...record(change),
  facts: { count: 1, hash: 'f'.repeat(64), told: { kind: 'launched', at: momentAfter(minute) } },
});

const asking = {
  phase: 'Asking' as const,
  waiting: { for: 'an approval', deadline: momentAfter(365), words: [] },
};

describe('a release is overdue', () => {
  it.each<[string, ReleaseRecord, number, boolean]>([
    ['two hours after its last deed, while it works', told(5, { phase: 'Preparing' }), 126, true],
    ['not before', told(5, { phase: 'Preparing' }), 124, false],
    [
      'two hours after its start, if it has told nothing',
      record({ phase: 'Validating' }),
      121,
      true,
    ],
    ['two hours after the end of its wait', told(5, asking), 486, true],
    ['not while it waits, however long ago it has told something', told(5, asking), 484, false],
    [
      'not while it waits for its turn: that one is late',
      told(0, { phase: 'Waiting' }),
      9999,
      false,
    ],
    [
      'two hours after its end, while its turn is not free or its end was not reported',
      told(5, { phase: 'Ended', end: 'Promoted' }),
      126,
      true,
    ],
    [
      'not once it is closed',
      told(0, { phase: 'Ended', end: 'Promoted', closed: true }),
      9999,
      false,
    ],
  ])('%s', (_, release, minute, overdue) => {
    expect(isOverdue(release, atMinute(minute))).toBe(overdue);
  });
});
