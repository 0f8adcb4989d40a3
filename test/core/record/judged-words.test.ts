import { describe, expect, it } from 'vitest';
import { endLetter } from '../../../core/people/messages.ts';
import { summaryOf } from '../../../core/people/summary.ts';
import { endTitle, judgedOf, notJudgedText } from '../../../core/record/judged-words.ts';
import { JudgeSettings } from '../../../core/release/judge-settings.ts';
import type { JudgedState } from '../../../core/release/judged.ts';
import { policy, record } from '../fixture.ts';

type Change = Parameters<typeof record>[0];

const ended = (targets: Readonly<Record<string, JudgedState>>, change: Change = {}) =>
  record({
    decision: 'promote',
    end: 'Promoted',
    judged: { verdict: 'inconclusive', says: [], targets: { ...targets } },
    ...change,
  });

const of = (one: ReturnType<typeof record>) => [
  endTitle(one, one.end!),
  notJudgedText(one, one.end!),
];

const mode = (name: 'tell' | 'off') => policy({ judgement: JudgeSettings.parse({ mode: name }) });

describe('the end of a promoted release', () => {
  it.each<[string, ReturnType<typeof record>, readonly string[]]>([
    ['that was judged is Promoted', ended({ web: 'judged', api: 'judged' }), ['Promoted', '']],
    [
      'without any requests is not judged, and says so',
      ended({ web: 'not-compared', api: 'not-compared' }),
      ['Promoted, not judged', 'Not judged: web, api: green had no requests beside blue.'],
    ],
    [
      'that was judged in part says which target was not',
      ended({ web: 'judged', api: 'too-few-requests' }),
      ['Promoted', 'Not judged: api: green had too few requests beside blue.'],
    ],
    [
      'whose metrics could not be read is not judged',
      ended({ web: 'unread', api: 'not-compared' }),
      [
        'Promoted, not judged',
        'Not judged: api: green had no requests beside blue; web: its metrics could not be read.',
      ],
    ],
    [
      'that the judge never saw is not judged',
      record({ decision: 'promote', end: 'Promoted' }),
      ['Promoted, not judged', 'Not judged: web, api: green had no requests beside blue.'],
    ],
    [
      'of a pair that compares nothing is not judged',
      ended({ web: 'judged', api: 'judged' }, { policy: mode('off') }),
      ['Promoted, not judged', 'Not judged: web, api: `judgement.mode` is `off`.'],
    ],
    [
      'of a pair that only tells says that nothing could come of it',
      ended({ web: 'judged', api: 'judged' }, { policy: mode('tell') }),
      ['Promoted', '`judgement.mode` is `tell`, so no comparison could roll it back.'],
    ],
    [
      'that rolls back is not judged',
      ended({}, { intent: 'rollback' }),
      ['Promoted, not judged', 'Not judged: web, api: a rollback is not compared.'],
    ],
    [
      'whose alarms had too little data says so',
      ended({ web: 'judged', api: 'judged' }, { alarmData: 'none' }),
      ['Promoted', 'When they were read last, no alarm of the new version had enough data.'],
    ],
  ])('%s', (_, one, expected) => {
    expect(of(one)).toEqual(expected);
  });

  it('is told alike in mail and JSON', () => {
    const summary = summaryOf(ended({ web: 'not-compared', api: 'too-few-requests' }));

    expect(endLetter(summary).subject).toBe('storefront: Promoted, not judged (storefront-1)');
    expect(summary).toMatchObject({
      end: 'Promoted',
      judged: { web: 'not-compared', api: 'too-few-requests' },
      alarmData: 'unwatched',
      text: 'Every target serves its new revision to everybody. Not judged: api: green had too few requests beside blue; web: green had no requests beside blue.',
    });
  });
});

describe('any other end', () => {
  it('says nothing of evidence, and still names how far each target was judged', () => {
    const back = ended({ web: 'judged' }, { end: 'RolledBack', decision: 'rollback' });

    expect(of(back)).toEqual(['RolledBack', '']);
    expect(judgedOf(back)).toEqual({ web: 'judged', api: 'not-compared' });
  });
});
