/** What is printed of a release, out of its record. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../cli/exit-codes.ts';
import { tableOf } from '../../cli/release-table.ts';
import {
  askedLines,
  endLines,
  ledgerLines,
  refusedEnd,
  refusedLines,
  statusLines,
  titleLines,
} from '../../cli/status.ts';
import { lineMaker } from '../../cli/watch-lines.ts';
import { ENDS, type End } from '../../core/release/end.ts';
import { reason } from '../../core/release/reason.ts';
import { alarmsText } from '../../core/views/alarm-states.ts';
import { documentOf } from '../../core/views/document.ts';
import { atMinute, ecsRecord, lambdaRecord, momentAfter, record } from '../core/fixture.ts';

const plain = (lines: readonly string[]) => lines.map(stripVTControlCharacters);

const lane = (share: number, status = 'InProgress') => ({ live: '', share, status });
const versions = {
  from: { name: 'web:1', ref: 'arn:web:1', version: '1.0.0' },
  to: { name: 'web:2', ref: 'arn:web:2', version: '2.0.0' },
};
const arrived = { shifted: true, released: true, arrivedAt: momentAfter(8) };

const lineAt = (minute: number, what: string) => ({
  at: momentAfter(minute),
  what,
  kind: 'polled',
  by: { handler: 'tandem' },
  isBad: false,
});

describe('a release that goes on', () => {
  it('has a lane for each target, in columns, with how much of its traffic is on green', () => {
    const [, , web, api] = plain(
      statusLines(
        record({
          targets: [
            ecsRecord({ ...versions, lane: lane(100) }),
            lambdaRecord({ to: { name: '2', ref: '2', version: '2.0.0' }, lane: lane(10) }),
          ],
        }),
        atMinute(1),
      ),
    );

    expect(web).toBe('  web  ████████████ 100 %  1.0.0 → 2.0.0      InProgress');
    expect(api).toBe('  api  █░░░░░░░░░░░  10 %  version 1 → 2.0.0  InProgress');
  });

  it('has the revisions of a release that an older Tandem has opened', () => {
    const [, , web, api] = plain(statusLines(record(), atMinute(1)));

    expect(web).toMatch(/web:1 → web:2 {10}not started$/);
    expect(api).toMatch(/version 1 → version 2 {2}not started$/);
  });

  it('says what stays, and what is wanted where nothing is prepared yet', () => {
    const { from: _, to: __, ...fresh } = ecsRecord();
    const image = `111122223333.dkr.ecr.us-east-1.amazonaws.com/web@sha256:${'ab'.repeat(32)}`;
    const lines = plain(
      statusLines(
        record({
          targets: [
            { ...fresh, wanted: { image } },
            { ...fresh, name: 'shop', wanted: { image }, version: '2.0.0' },
            lambdaRecord({ unchanged: true }),
          ],
        }),
        atMinute(1),
      ),
    ).join('\n');

    expect(lines).toContain('web@sha256:abababababab…');
    expect(lines).toMatch(/shop .* % {2}2\.0\.0 +not started/);
    expect(lines).toMatch(/version 1 stays +left alone/);
  });

  it('tells what the judge said last, and at the end only what the reasons do not', () => {
    const says = ['web: green fails 2 %', 'api: nothing says that it is worse'];
    const judged = { verdict: 'fail', says } as const;
    expect(plain(statusLines(record({ judged }), atMinute(1)))).toContain(
      '  judge      web: green fails 2 %',
    );
    const ended = record({ judged, reasons: [reason('green-worse', says[0]!)] });
    expect(
      plain(endLines(ended, 'RolledBack')).filter((line) => /judge|because/.test(line)),
    ).toEqual([
      '  because    web: green fails 2 % (green-worse)',
      '  judge      api: nothing says that it is worse',
    ]);
  });

  it('tells its phase, its age, its alarms, what it waits for, until when, and what people can type', () => {
    const release = record({
      phase: 'Holding',
      targets: [ecsRecord(arrived), lambdaRecord(arrived)],
      waiting: {
        for: 'the end of the bake',
        until: momentAfter(13),
        words: ['promote', 'hold', 'abort'],
      },
    });
    const lines = plain(statusLines(release, atMinute(10), { 'web-errors': 'OK' }));

    expect(lines[1]).toBe('  Holding  10:00');
    expect(lines.slice(4)).toEqual([
      '  alarms     1 OK',
      '  waits for  the end of the bake',
      '  until      09:13:00 UTC (03:00 left)',
      '  run        npx tandem promote storefront-1',
      '             npx tandem hold storefront-1',
      '             npx tandem abort storefront-1',
    ]);
  });

  it('warns of the moment at which it rolls back, and that it is held', () => {
    const release = record({
      phase: 'Holding',
      commands: { hold: true },
      targets: [ecsRecord(arrived), lambdaRecord(arrived)],
      waiting: { for: 'a person', deadline: momentAfter(63), words: ['resume', 'abort'] },
    });
    const lines = plain(statusLines(release, atMinute(10)));

    expect(lines).toContain('  hold       is set');
    expect(lines).toContain('  until      10:03:00 UTC (53:00 left), then the release rolls back');
  });

  it('shows where on its way it is, and folds long sentences between words, in 80 columns', () => {
    const says = [
      'web: green had 120 requests beside 1,080 of blue: about 500 more would show a rise of 2 points',
    ];
    const judged = { verdict: 'inconclusive', says } as const;
    const lines = plain(statusLines(record({ phase: 'Waiting', judged }), atMinute(1), {}, 79));

    expect(lines[0]).toBe(
      '  Validating›Waiting›Preparing›Staging›Proving›Asking›Shifting›Holding›Guarding',
    );
    expect(plain(statusLines(record({ phase: 'Shifting' }), atMinute(1)))[0]).toBe(
      '  Validating › Preparing › Staging › Proving › Asking › Shifting › Holding › Guarding',
    );
    expect(lines.filter((line) => line.length > 79)).toEqual([]);
    expect(lines).toContain('             would show a rise of 2 points');
  });

  it('tells how much has come of what it waits for', () => {
    const release = record({
      phase: 'Guarding',
      decision: 'promote',
      waiting: { for: 'the new revisions to be read', progress: 'web 1, api 3', words: [] },
    });

    expect(plain(statusLines(release, atMinute(7))).join('\n')).toContain(
      'the new revisions to be read: web 1, api 3',
    );
  });

  it('says what its phase means while it waits for nothing', () => {
    expect(plain(statusLines(record({ phase: 'Preparing' }), atMinute(1))).at(-1)).toBe(
      '  now        Tandem makes the new revisions.',
    );
  });

  it('begins with who asked for it, and when', () => {
    expect(plain(titleLines(record()))).toEqual([
      'storefront-1 of storefront',
      '  requested by ada at 2026-11-23 09:00:00 UTC',
    ]);
  });

  it('says what it is built from and who wrote it, where its input said so', () => {
    const commit = '4f2a9c1d00c0ffee4f2a9c1d00c0ffee4f2a9c1d';
    const release = { ...record(), change: { commit }, authors: ['grace', 'linus'] };

    expect(plain(titleLines(release))[2]).toBe('  commit 4f2a9c1, written by grace, linus');
  });

  it('has a ledger with its own clock', () => {
    const entry = lineAt(2.5, 'Rolling back: x ✖ one ✖ two');

    expect(plain(ledgerLines(record(), entry))).toEqual([
      '  02:30  Rolling back: x one, and 1 more',
    ]);
  });
});

describe('a release that asks for an approval', () => {
  it('shows what the approval is for, and the proof', () => {
    const testAddress = { origin: 'http://lb.example.com:9001', internal: true, vpc: 'vpc-1' };
    const asking = record({
      phase: 'Asking',
      targets: [ecsRecord({ ...versions, testAddress }), lambdaRecord()],
      approval: {
        id: 'approval-1',
        state: 'pending',
        requestedAt: momentAfter(5),
        expiresAt: momentAfter(65),
        shown: [
          { name: 'web', to: 'web:2', digest: 'sha256:ab' },
          { name: 'api', to: '2' },
        ],
      },
      proof: {
        verdict: 'pass',
        reasons: [],
        mixed: { verdict: 'pass', text: '4 of 4 cells pass' },
        cells: [],
        smoke: [],
        omitted: 0,
      },
    });

    const lines = plain(askedLines(asking));
    expect(lines.slice(0, 7)).toEqual([
      '  web        1.0.0 (web:1) → 2.0.0 (web:2)',
      '             sha256:ab',
      '  check      http://lb.example.com:9001/',
      '             The load balancer is internal: it answers only inside vpc-1 and networks that are',
      '             connected with it.',
      '  api        version 1 → version 2',
      "  check      printf %s '{}' | aws lambda invoke --function-name storefront-api --qualifier 2 --payload fileb:///dev/stdin response.json && cat response.json",
    ]);
    expect(lines).toContain('  Proof: pass');
    expect(lines).toContain('  2×2: 4 of 4 cells pass');
    expect(askedLines(record())).toEqual([]);
  });
});

describe('a release as JSON', () => {
  it('is followed line by line: what is new in its ledger, each change, and its end', () => {
    const linesOf = lineMaker();
    const entry = lineAt(1, 'web prepared');
    const going = record({ phase: 'Staging' });
    const ended = {
      ...going,
      end: 'Rejected' as const,
      phase: 'Ended' as const,
      reasons: [reason('no-such-image', 'none')],
    };
    const events = (lines: readonly string[]) => lines.map((line) => JSON.parse(line));

    expect(events(linesOf(going, [entry]))).toMatchObject([
      { event: 'ledger', release: 'storefront-1', what: 'web prepared' },
      { event: 'state', phase: 'Staging', targets: [{ name: 'web' }, { name: 'api' }] },
    ]);
    expect(linesOf(going, [])).toEqual([]);
    expect(events(linesOf(ended, []))).toMatchObject([
      { event: 'state', phase: 'Ended' },
      { event: 'end', end: 'Rejected', reasons: [{ code: 'no-such-image' }], exitCode: 2 },
    ]);
  });

  it('is its record with what it waits for, and without what would let others answer for it', () => {
    const waiting = { for: 'its turn', words: ['abort' as const] };
    const listening = record({ phase: 'Waiting', listener: 'token', waiting });
    const document = documentOf(listening, [lineAt(1, 'Hold set by ada')]);

    expect(document).toMatchObject({ release: 'storefront-1', waits: { words: ['abort'] } });
    expect(document).not.toHaveProperty('listener');
    expect(document).not.toHaveProperty('waiting');
    expect(document).not.toHaveProperty('hooks');
    expect(document).not.toHaveProperty('facts');
    expect(document.ledger).toEqual([
      { at: momentAfter(1), what: 'Hold set by ada', kind: 'polled', by: { handler: 'tandem' } },
    ]);
  });
});

describe('alarms', () => {
  it.each([
    [{ a: 'OK', b: 'OK' }, '2 OK'],
    [{ a: 'OK', b: 'ALARM', c: 'INSUFFICIENT_DATA' }, 'red: b; 1 OK; 1 with too little data'],
    [{}, ''],
  ])('%j are told in a few words', (states, text) => {
    expect(alarmsText(states)).toBe(text);
  });
});

describe('a release that has ended', () => {
  it('tells how, why, what moved, and where its users are', () => {
    const release = record({
      end: 'RolledBack',
      decision: 'rollback',
      phase: 'Ended',
      reasons: [reason('alarm-red', 'Alarm api-errors is red')],
      times: { ended: momentAfter(3.8) },
      targets: [
        ecsRecord({ ...versions, lane: { live: 'web:1', share: 0, status: '' } }),
        lambdaRecord({ lane: { live: '1', share: 0, status: '' } }),
      ],
    });

    expect(plain(endLines(release, 'RolledBack'))).toEqual([
      '  RolledBack  03:48  Traffic had moved; every target serves its old revision again.',
      '  because    Alarm api-errors is red (alarm-red)',
      '  web        1.0.0 (web:1) → 2.0.0 (web:2), users are on 1.0.0 (web:1)',
      '  api        version 1 → version 2, users are on version 1',
    ]);
  });

  it('gives the commands for a person, one a line however long', () => {
    const run = [
      `aws lambda update-alias ${'x'.repeat(120)}`,
      'Repeat until it prints Ready: aws b',
    ];
    const stuck = record({
      end: 'NeedsAttention',
      reasons: [reason('take-back-failed', 'api is stuck', { target: 'api', run })],
    });

    expect(plain(endLines(stuck, 'NeedsAttention')).slice(1, 4)).toEqual([
      '  because    api is stuck (take-back-failed)',
      `  run        ${run[0]}`,
      `             ${run[1]}`,
    ]);
  });

  it('has an exit code of its own unless users are on what was asked for', () => {
    const ends = Object.keys(ENDS) as End[];
    const failing = ends.filter((end) => exitCodeOf(end) !== 0);

    expect(failing).toEqual(['Superseded', 'Rejected', 'RolledBack', 'Aborted', 'NeedsAttention']);
    expect(failing.map(exitCodeOf)).toEqual([6, 2, 3, 4, 5]);
  });

  it('without a record is told by its execution', () => {
    const refused = {
      record: undefined,
      status: 'FAILED',
      error: 'Rejected',
      cause: 'No pair shop is registered',
    };

    expect(plain(refusedLines(refused))).toEqual([
      '  Rejected',
      '  because    No pair shop is registered',
    ]);
    expect(refusedEnd(refused)).toBe('Rejected');
    expect(refusedEnd({ error: 'States.Runtime' })).toBe('NeedsAttention');
    expect(refusedLines({ ...refused, status: 'RUNNING' })[0]).toContain('has just been started');
  });
});

describe('the list', () => {
  const releases = () => {
    const old = record({
      release: 'first',
      end: 'RolledBack',
      phase: 'Ended',
      reasons: [reason('alarm-red', 'Alarm web-errors is red')],
    });
    const young = record({
      phase: 'Shifting',
      requestedBy: 'image-push',
      times: { started: momentAfter(118) },
      targets: [ecsRecord(versions), lambdaRecord()],
    });
    return { young, old };
  };

  it('has a line for each release, in columns, with why it ended so, its date, its age and its versions', () => {
    const { young, old } = releases();

    expect(tableOf([young, old], atMinute(120))).toEqual([
      'RELEASE       PAIR        STATE                   STARTED (UTC)     AGE    BY          TARGETS',
      'storefront-1  storefront  Shifting                2026-11-23 10:58  2 min  image-push  web 1.0.0 → 2.0.0, api version 1 → version 2',
      'first         storefront  RolledBack (alarm-red)  2026-11-23 09:00  2 h    ada         web web:1 → web:2, api version 1 → version 2',
    ]);
  });
  it('has several lines for each release where a terminal has no room for all columns', () => {
    const { young, old } = releases();
    const name = 'f17270d3-7c0b-f505-da3f-72d95f56477b';

    const lines = tableOf([{ ...young, release: name }, old], atMinute(120), 79);

    expect(lines).toEqual([
      'RELEASE                               STATE                   AGE',
      'f17270d3-7c0b-f505-da3f-72d95f56477b  Shifting                2 min',
      '  storefront: web 1.0.0 → 2.0.0, api version 1 → version 2; started 2026-11-23',
      '  10:58 UTC by image-push',
      'first                                 RolledBack (alarm-red)  2 h',
      '  storefront: web web:1 → web:2, api version 1 → version 2; started 2026-11-23',
      '  09:00 UTC by ada',
    ]);
  });
});
