import { describe, expect, it } from 'vitest';
import { undoOf, undoProblem } from '../../account/undo.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { momentAfter, record } from '../core/fixture.ts';

describe('an undo', () => {
  const promoted = (release: string, minute: number) =>
    record({ release, end: 'Promoted', phase: 'Ended', times: { started: momentAfter(minute) } });
  const first = promoted('first', 0);

  it('rolls back to what the release came from, by a new release', () => {
    const targets = { web: { image: 'web:1' }, api: { version: '1' } };

    expect(undoOf(first, targets, 'ada')).toEqual({
      pair: 'storefront',
      targets,
      requestedBy: 'ada',
      reason: 'Undo of first',
      intent: 'rollback',
    });
  });

  it('of a rollback is an ordinary release: what it goes to is newer, and is proven', () => {
    const back = record({ release: 'back', intent: 'rollback', end: 'Promoted' });

    expect(undoOf(back, { api: { version: '2' } }, 'ada', 'it was the cache')).toMatchObject({
      intent: 'release',
      again: 'it was the cache',
    });
  });

  it('is possible of the last promoted release, whatever failed after it', () => {
    const failed = record({
      release: 'second',
      end: 'RolledBack',
      times: { started: momentAfter(30) },
    });

    expect(undoProblem(first, [failed, first])).toBeUndefined();
  });

  it.each<[ReleaseRecord, readonly ReleaseRecord[], string]>([
    [record({ release: 'now', phase: 'Holding' }), [], 'npx tandem abort now'],
    [record({ release: 'lost', end: 'Rejected' }), [], 'lost ended Rejected'],
    [first, [promoted('second', 30)], 'second was promoted after first'],
    [first, [record({ release: 'next', times: { started: momentAfter(30) } })], 'is under way'],
  ])('of $release is refused in words', (release, others, text) => {
    expect(undoProblem(release, [...others, release])).toContain(text);
  });
});
