import { describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { fateOf } from '../../../core/release/fate.ts';
import { ecsRecord, momentAfter, record } from '../fixture.ts';

const ONE_DAY = 24 * 60;

const web = ecsRecord({ shifted: true });
const one = record({ end: 'Promoted', targets: [web] });

/** A release that rolls back from what `one` has brought. */
const undo = (change: Parameters<typeof record>[0] = {}, from = web.to!.ref): ReleaseRecord =>
  record({
    ...{ intent: 'rollback', end: 'Promoted' },
    targets: [ecsRecord({ from: { name: 'web:2', ref: from } })],
    times: { started: momentAfter(90) },
    ...change,
  });

describe('the fate of a release', () => {
  it.each<[string, Partial<ReleaseRecord>]>([
    ['under way', { end: undefined }],
    ['stayed', {}],
    ['rolled back', { end: 'RolledBack' }],
    ['rolled back', { end: 'Aborted' }],
    ['rolled back', { end: 'NeedsAttention', decision: 'rollback' }],
    ['not met', { end: 'Aborted', targets: { web: ecsRecord({ shifted: false }) } }],
    ['not met', { end: 'NeedsAttention', decision: 'promote' }],
    ['not met', { end: 'Rejected' }],
  ])('is "%s" at its own end (%#)', (fate, change) => {
    expect(fateOf({ ...one, ...change }, [])).toBe(fate);
  });

  it.each<[string, string, readonly ReleaseRecord[]]>([
    ['undone', 'a rollback from its revision was promoted', [undo()]],
    ['stayed', 'that rollback was itself rolled back', [undo({ end: 'RolledBack' })]],
    ['stayed', 'that rollback began before it', [undo({ times: { started: momentAfter(-1) } })]],
    ['stayed', 'an ordinary release followed', [undo({ intent: 'release' })]],
    ['stayed', 'the rollback left another revision', [undo({}, 'arn:web:3')]],
  ])('is "%s" once %s', (fate, _, later) => {
    expect(fateOf(one, [one, ...later])).toBe(fate);
  });

  it('stays what it was at its own end where a rollback has no promotion to undo', () => {
    expect(fateOf({ ...one, end: 'RolledBack' }, [undo()])).toBe('rolled back');
  });

  it('is undone within a time only by a rollback that started in it', () => {
    const late = undo({ times: { started: momentAfter(8 * ONE_DAY) } });
    const days = (count: number) => count * ONE_DAY * 60_000;
    expect([7, 9].map((count) => fateOf(one, [late], days(count)))).toEqual(['stayed', 'undone']);
  });
});
