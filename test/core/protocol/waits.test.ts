import { describe, expect, it } from 'vitest';
import { commandProblem } from '../../../core/protocol/command.ts';
import { type Wait, waitOf } from '../../../core/protocol/waits.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { atMinute, ecsRecord, lambdaRecord, momentAfter, policy, record } from '../fixture.ts';

const lane = (status: string) => ({ live: '', share: 0, status });
const moved = { shifted: true, released: true };

const approval = {
  id: 'approval-1',
  state: 'pending' as const,
  requestedAt: momentAfter(5),
  shown: [],
  expiresAt: momentAfter(65),
};

const days: readonly (readonly [string, ReleaseRecord, Wait])[] = [
  [
    'for its turn',
    record({ phase: 'Waiting' }),
    { for: 'its turn: the release before it has to end', words: ['abort'] },
  ],
  [
    'for green, as long as the policy says',
    record({ phase: 'Staging', times: { staged: momentAfter(1) } }),
    { for: 'green of web to become ready', deadline: atMinute(30), words: ['hold', 'abort'] },
  ],
  [
    "for somebody else's deployment",
    record({
      phase: 'Staging',
      targets: [
        ecsRecord({ busy: { since: momentAfter(2), last: momentAfter(3) } }),
        lambdaRecord(),
      ],
    }),
    { for: 'another deployment in the group of web', deadline: atMinute(12), words: ['abort'] },
  ],
  [
    'for an approval until it expires',
    record({ phase: 'Asking', approval, policy: policy({ approval: 'required' }) }),
    { for: 'an approval', deadline: atMinute(65), words: ['approve', 'reject', 'abort'] },
  ],
  [
    'for a person who resumes it before the shift',
    record({ phase: 'Asking', commands: { hold: true }, times: { staged: momentAfter(1) } }),
    {
      for: 'a person: it is held before any traffic moves',
      deadline: atMinute(1 + 23.5 * 60),
      words: ['resume', 'abort'],
    },
  ],
  [
    'for the common start',
    record({ phase: 'Shifting', times: { shifted: momentAfter(6) } }),
    { for: 'every side to be held for the common start', words: ['hold', 'abort'] },
  ],
  [
    'for traffic, as the curve says',
    record({
      phase: 'Shifting',
      times: { shifted: momentAfter(6) },
      targets: [ecsRecord(moved), lambdaRecord({ ...moved, arrivedAt: momentAfter(11) })],
    }),
    {
      for: 'all traffic of web to reach green (10 % for 5 minutes, then all)',
      until: atMinute(11),
      words: ['hold', 'abort'],
    },
  ],
  [
    'for the bake, which begins with the last arrival',
    record({
      phase: 'Holding',
      targets: [
        ecsRecord({ ...moved, arrivedAt: momentAfter(8) }),
        lambdaRecord({ ...moved, arrivedAt: momentAfter(9) }),
      ],
    }),
    { for: 'the end of the bake', until: atMinute(14), words: ['promote', 'hold', 'abort'] },
  ],
  [
    "for a person while CodeDeploy's hour runs, which begins with the first arrival",
    record({
      phase: 'Holding',
      commands: { hold: true },
      targets: [
        ecsRecord({ ...moved, arrivedAt: momentAfter(8) }),
        lambdaRecord({ ...moved, arrivedAt: momentAfter(9) }),
      ],
    }),
    {
      for: 'a person: it is held with all traffic on green',
      deadline: atMinute(63),
      words: ['resume', 'abort'],
    },
  ],
  [
    'for the guard',
    record({ phase: 'Guarding', decision: 'promote', times: { guarded: momentAfter(10) } }),
    { for: 'the end of the guard', until: atMinute(15), words: ['abort'] },
  ],
  [
    'for readings after the guard',
    record({
      phase: 'Guarding',
      decision: 'promote',
      times: { guarded: momentAfter(1), guardEnded: momentAfter(6) },
      targets: [ecsRecord({ equalReads: 2 }), lambdaRecord({ equalReads: 7 })],
    }),
    {
      for: 'the new revisions to be read 3 times in a row',
      progress: 'web 2, api 3',
      words: ['abort'],
    },
  ],
  [
    'for nobody once all readings are there',
    record({
      phase: 'Guarding',
      decision: 'promote',
      times: { guarded: momentAfter(1), guardEnded: momentAfter(6) },
      targets: [ecsRecord({ equalReads: 3 }), lambdaRecord({ equalReads: 3 })],
    }),
    {
      for: 'the new revisions to be read 3 times in a row',
      progress: 'web 3, api 3',
      words: [],
    },
  ],
  [
    'for readings on its way back, which nobody stops',
    record({ phase: 'RollingBack', decision: 'rollback' }),
    {
      for: 'the old revisions to be read 3 times in a row',
      progress: 'web 0, api 0',
      words: [],
    },
  ],
];

describe('a release waits', () => {
  it.each(days)('%s', (_, release, wait) => {
    expect(waitOf(release, atMinute(10))).toEqual(wait);
  });

  it('for data after the bake where alarms have too little and the policy says extend', () => {
    const arrived = { ...moved, arrivedAt: momentAfter(1) };
    const baked = (change: Parameters<typeof policy>[0]) =>
      record({
        phase: 'Holding',
        policy: policy(change),
        targets: [ecsRecord(arrived), lambdaRecord(arrived)],
      });

    expect(waitOf(baked({ insufficientData: 'extend' }), atMinute(10))).toEqual({
      for: 'alarms that have enough data',
      deadline: atMinute(56),
      words: ['abort'],
    });
    expect(waitOf(baked({ insufficientData: 'proceed' }), atMinute(10))).toBeUndefined();
  });

  it('for nothing while it works, and after its end', () => {
    const ready = [ecsRecord({ lane: lane('Ready') }), lambdaRecord()];

    expect(waitOf(record({ phase: 'Preparing' }), atMinute(1))).toBeUndefined();
    expect(waitOf(record({ phase: 'Staging', targets: ready }), atMinute(1))).toBeUndefined();
    expect(waitOf(record({ phase: 'Ended', end: 'Promoted' }), atMinute(1))).toBeUndefined();
    expect(waitOf(record({ phase: 'Guarding', end: 'Promoted' }), atMinute(1))).toBeUndefined();
  });

  it('with orders that would be taken', () => {
    for (const [, release, { words }] of days) {
      for (const command of words) {
        if (command === 'approve' || command === 'reject') continue;
        const order = { releaseId: release.release, command, by: 'ada', reason: '' };

        expect([command, commandProblem(release, order)]).toEqual([command, undefined]);
      }
    }
  });
});
