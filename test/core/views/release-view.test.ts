import { describe, expect, it } from 'vitest';
import { reason } from '../../../core/release/reason.ts';
import { viewOf } from '../../../core/views/release-view.ts';
import { atMinute, ecsRecord, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';

const lane = (share: number, status = 'InProgress') => ({ live: '', share, status });
const view = (...[change, minute = 10]: [Parameters<typeof record>[0]?, number?]) =>
  viewOf(record(change), atMinute(minute));

describe('the view of a release', () => {
  it('has a lane for each target: its share of green, its versions, its status', () => {
    const targets = [
      ecsRecord({ lane: lane(10) }),
      lambdaRecord({ lane: lane(0), unchanged: true }),
    ];

    expect(view({ targets }).lanes).toEqual([
      { name: 'web', share: 10, versions: 'web:1 → web:2', status: 'InProgress' },
      { name: 'api', share: 0, versions: 'version 1 stays', status: 'left alone' },
    ]);
  });

  it('shows the phase among those of the way forward, Waiting only to a release that waits', () => {
    expect(view({ phase: 'Staging' }).way).toEqual({
      at: 'Staging',
      phases: [
        ...['Validating', 'Preparing', 'Staging', 'Proving'],
        ...['Asking', 'Shifting', 'Holding', 'Guarding'],
      ],
    });
    expect(view({ phase: 'Waiting' }).way).toMatchObject({
      phases: expect.arrayContaining(['Waiting']),
    });
  });

  it.each([
    [{ phase: 'RollingBack' }, 'RollingBack'],
    [{ phase: 'Ended', end: 'Promoted' }, 'Promoted'],
  ] as const)('shows no way ahead of one that has left it: %o', (change, left) => {
    expect(view(change).way).toEqual({ left });
  });

  it('has what it waits for, how much of it has come, and the commands of people', () => {
    const waiting = {
      for: 'the end of the bake',
      progress: '3 of 5 minutes',
      until: momentAfter(13),
      words: ['promote' as const, 'abort' as const],
    };

    expect(view({ phase: 'Holding', waiting }).wait).toEqual({
      text: 'the end of the bake: 3 of 5 minutes',
      cause: 'the end of the bake',
      until: atMinute(13),
      commands: ['npx tandem promote storefront-1', 'npx tandem abort storefront-1'],
    });
    expect(view({ phase: 'Preparing' })).not.toHaveProperty('wait');
  });

  it('says what a release does when nothing comes by its deadline', () => {
    const waiting = { for: 'a person', deadline: momentAfter(63), words: [] };
    const shifted = [ecsRecord({ shifted: true }), lambdaRecord()];

    expect(view({ phase: 'Asking', waiting }).wait?.otherwise).toBe('is rejected');
    expect(view({ phase: 'Holding', waiting, targets: shifted }).wait?.otherwise).toBe(
      'rolls back',
    );
  });

  it('lasts until its end', () => {
    expect(view({}, 10).elapsed).toBe(600_000);
    expect(view({ end: 'Promoted', times: { ended: momentAfter(4) } }, 10).elapsed).toBe(240_000);
  });

  it('has what the judge says, without what the reasons say, and advice only where it helps', () => {
    const judged = {
      verdict: 'fail' as const,
      says: ['web: green fails 2 %', 'api: well'],
      advice: ['a slower curve'],
    };

    expect(view({ judged }).judged).toEqual([...judged.says, ...judged.advice]);
    expect(
      view({
        judged,
        decision: 'rollback',
        reasons: [reason('green-worse', 'web: green fails 2 %')],
      }).judged,
    ).toEqual(['api: well']);
  });
});
