import { describe, expect, it } from 'vitest';
import { Approval } from '../../core/record.ts';
import { clockText, nowText } from '../../rehearsal/waiting.ts';
import { ecsRecord, lambdaRecord, momentAfter, policy, record } from '../core/fixture.ts';

type Change = NonNullable<Parameters<typeof record>[0]>;

const seen = (status: string) => ({ live: 'web:1', share: 0, status });
const approval = Approval.parse({
  id: 'a-1',
  state: 'pending',
  shown: [],
  requestedAt: momentAfter(2),
  expiresAt: momentAfter(62),
});
const both = (change: Parameters<typeof ecsRecord>[0]) => [ecsRecord(change), lambdaRecord(change)];

describe('a release says what it waits for', () => {
  it.each<[string, Change, string]>([
    ['while it is checked', { phase: 'Validating' }, 'What was asked for is checked'],
    ['while another goes first', { phase: 'Waiting' }, 'waits for the release before it'],
    [
      'while green comes up',
      { phase: 'Staging', targets: [ecsRecord({ lane: seen('InProgress') }), lambdaRecord()] },
      'waits for green of web to become ready',
    ],
    [
      'when green is up',
      { phase: 'Staging', targets: [ecsRecord({ lane: seen('Ready') }), lambdaRecord()] },
      'Green comes up',
    ],
    ['while it asks', { phase: 'Asking', approval }, 'a person who approves it, until 62:00'],
    [
      'while a person holds it',
      { phase: 'Holding', commands: { hold: true }, times: { held: momentAfter(8) } },
      'waits for a person who resumes it',
    ],
    [
      'before the common start',
      { phase: 'Shifting', times: { shifted: momentAfter(3) } },
      'both sides to be held for the common start',
    ],
    [
      'while traffic moves',
      {
        phase: 'Shifting',
        times: { shifted: momentAfter(3) },
        targets: [
          ecsRecord({ released: true, arrivedAt: momentAfter(8) }),
          lambdaRecord({ released: true }),
        ],
      },
      'all traffic of api, about 08:00 (10 % for 5 minutes, then all)',
    ],
    [
      'while it bakes',
      { phase: 'Holding', times: { held: momentAfter(8) }, policy: policy({ bakeMinutes: 5 }) },
      'the end of the bake at 13:00',
    ],
    ['while it answers', { phase: 'Guarding' }, 'the barriers to be answered'],
    [
      'while it guards',
      { phase: 'Guarding', times: { guarded: momentAfter(13.5) } },
      'the end of the guard at 18:30',
    ],
    [
      'while it verifies',
      {
        phase: 'Guarding',
        times: { guarded: momentAfter(13), guardEnded: momentAfter(18) },
        targets: both({ equalReads: 2 }),
      },
      'the new revisions, read 3 times in a row: web 2, api 2',
    ],
    [
      'while it goes back',
      { phase: 'RollingBack', targets: both({ equalReads: 4 }) },
      'the old revisions, read 3 times in a row: web 3, api 3',
    ],
    ['when it is over', { phase: 'Ended' }, 'The release is over'],
  ])('%s', (_, change, text) => {
    expect(nowText(record(change))).toContain(text);
  });
});

it.each([
  [0, '00:00'],
  [270.9, '04:30'],
  [6000, '100:00'],
  [-3, '00:00'],
])('%d seconds are %s on the clock of a release', (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});
