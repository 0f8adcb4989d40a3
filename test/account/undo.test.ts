import { describe, expect, it } from 'vitest';
import { leftInLatest, serviceBefore, undoOf, undoProblem } from '../../account/undo.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { ecsRecord, lambdaRecord, momentAfter, record } from '../core/fixture.ts';

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

  it('tells what $LATEST still holds, if that is what is undone', () => {
    const to = { name: '2', ref: '2', codeSha256: 'bad' };
    const targets = [ecsRecord(), lambdaRecord({ to })];
    expect(leftInLatest(targets, { api: 'bad' })).toEqual([
      expect.stringContaining('$LATEST of api still holds the code of version 2: update'),
    ]);
    expect(leftInLatest(targets, { api: 'fixed' })).toEqual([]);
  });

  it('brings settings back only where the release changed them', () => {
    const from = { name: 'web:1', ref: 'arn:web:1' };
    const settings = { taskDefinition: 'web:2', image: 'web:2' };

    expect(serviceBefore({ wanted: settings, from }, 'web@sha256:1')).toEqual({
      taskDefinition: 'web:1',
      image: 'web@sha256:1',
    });
    expect(serviceBefore({ wanted: { image: 'web:2' }, from }, 'web@sha256:1')).toEqual({
      image: 'web@sha256:1',
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
