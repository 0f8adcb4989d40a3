import { describe, expect, it } from 'vitest';
import { causeOf, ended, endOf, endsTooEarly } from '../../../core/people/ending.ts';
import { summaryOf } from '../../../core/people/summary.ts';
import { recovered } from '../../../core/protocol/recovery.ts';
import { End, SUCCEEDING } from '../../../core/release/end.ts';
import { reason } from '../../../core/release/reason.ts';
import { codesOf, ecsRecord, lambdaRecord, momentAfter, record } from '../fixture.ts';

const red = reason('alarm-red', 'Alarm web-errors is red');
const aborted = reason('aborted', 'ada aborted the release');
const went = (change = {}) => [
  ecsRecord({ launching: true, shifted: true, ...change }),
  lambdaRecord(),
];
const stayed = [ecsRecord({ launching: true }), lambdaRecord()];

describe('endsTooEarly', () => {
  const read = [ecsRecord({ equalReads: 3 }), lambdaRecord({ equalReads: 3 })];
  const over = { shifted: momentAfter(2), guardEnded: momentAfter(19) };

  it.each<[string, RegExp, Parameters<typeof record>[0]]>([
    [
      'is to be rolled back and nothing was',
      /rollback is not over/,
      { decision: 'rollback', targets: stayed },
    ],
    ['is launched and has decided nothing', /nothing is decided/, { targets: stayed }],
    ['is to be promoted and still guards', /guard is not over/, { decision: 'promote' }],
    [
      'is to be promoted and was read right only twice',
      /not read right 3 times/,
      { decision: 'promote', times: over, targets: [ecsRecord({ equalReads: 2 })] },
    ],
  ])('finds that a release may not end which %s', (_, why, change) => {
    expect(endsTooEarly(record(change))).toMatch(why);
  });

  it.each<[string, Parameters<typeof record>[0]]>([
    [
      'that is promoted, its guard over and its targets read',
      { decision: 'promote', times: over, targets: read },
    ],
    ['that launched nothing and was aborted', { reasons: [aborted] }],
    ['whose rollback is over', { decision: 'rollback', targets: stayed, takenBack: 'stuck' }],
    ['that has ended', { decision: 'promote', end: 'Promoted' }],
  ])('finds nothing against the end of a release %s', (_, change) => {
    expect(endsTooEarly(record(change))).toBeUndefined();
  });
});

describe('endOf', () => {
  it.each<[string, End, Parameters<typeof record>[0]]>([
    ['promoted', 'Promoted', { decision: 'promote' }],
    ['with nothing to move', 'Unchanged', { targets: [ecsRecord({ unchanged: true })] }],
    [
      'that validation refused',
      'Rejected',
      { reasons: [reason('no-such-image', 'There is none')] },
    ],
    [
      'that validation refused for its targets, so that it has none',
      'Rejected',
      { targets: [], reasons: [reason('unknown-target', 'There is none')] },
    ],
    ['superseded', 'Superseded', { reasons: [reason('superseded', 'A newer one came')] }],
    [
      'that went back before anything was launched',
      'Rejected',
      { decision: 'rollback', reasons: [red] },
    ],
    [
      'aborted before anything was launched',
      'Aborted',
      { decision: 'rollback', reasons: [aborted] },
    ],
    [
      'rolled back before any user met it',
      'Rejected',
      { decision: 'rollback', targets: stayed, takenBack: 'back', reasons: [red] },
    ],
    [
      'rolled back after traffic moved',
      'RolledBack',
      { decision: 'rollback', targets: went(), takenBack: 'back', reasons: [red] },
    ],
    [
      'aborted after traffic moved',
      'Aborted',
      { decision: 'rollback', targets: went(), takenBack: 'back', reasons: [aborted, red] },
    ],
    [
      'whose rollback got stuck',
      'NeedsAttention',
      { decision: 'rollback', targets: went(), takenBack: 'stuck', reasons: [aborted] },
    ],
    [
      'whose rollback was not walked',
      'NeedsAttention',
      { decision: 'rollback', targets: stayed, reasons: [red] },
    ],
    [
      'seen back three times, though nobody wrote that down',
      'RolledBack',
      {
        decision: 'rollback',
        targets: [
          ecsRecord({ launching: true, shifted: true, equalReads: 3 }),
          lambdaRecord({ equalReads: 3 }),
        ],
        reasons: [red],
      },
    ],
    ['that has ended', 'Aborted', { end: 'Aborted', decision: 'promote' }],
  ])('of a release %s is %s', (_, end, change) => {
    expect(endOf(record(change))).toBe(end);
  });
});

describe('causeOf', () => {
  it('says what happened and why, with the codes, on one screen', () => {
    expect(causeOf('RolledBack', [red])).toBe(
      'Every target serves its old revision again. Alarm web-errors is red (alarm-red)',
    );
    const many = causeOf('RolledBack', Array(50).fill(reason('alarm-red', 'x'.repeat(900))));
    expect(many.length).toBeLessThanOrEqual(4000);
    expect(many).toMatch(/ \(49 more problems\)$/);
  });

  it('gives the commands of each reason below, and cuts none', () => {
    const long = `aws ${'x'.repeat(5000)}`;
    const stuck = reason('take-back-failed', 'web is stuck', {
      target: 'web',
      run: [long, 'aws b'],
    });

    expect(causeOf('NeedsAttention', [red, stuck])).toBe(
      `A target is not where it should be, and Tandem changes nothing more. Alarm web-errors is red (alarm-red) web is stuck (take-back-failed)\n\nFor web run, line by line:\n${long}\naws b`,
    );
    const many = Array(10).fill(stuck);
    expect(causeOf('NeedsAttention', many).length).toBeLessThan(32_768);
  });

  it('has a sentence for every end', () => {
    for (const end of End.options) expect(causeOf(end, [])).toMatch(/^[A-Z].*\.$/);
    expect(SUCCEEDING.every((end) => End.options.includes(end))).toBe(true);
  });
});

describe('ended', () => {
  const abort = { by: 'maria', reason: 'wrong image' };

  it('writes the end and its moment, once', () => {
    const after = ended(record({ decision: 'promote' }), momentAfter(30));
    expect(after).toMatchObject({ end: 'Promoted', phase: 'Ended', reasons: [] });
    expect(after.times.ended).toBe(momentAfter(30));
    expect(ended(after, momentAfter(31))).toBe(after);
  });

  it('is Aborted where a person ended a release that had not begun', () => {
    const after = ended(record({ commands: { hold: false, abort } }), momentAfter(3));
    expect(after.end).toBe('Aborted');
    expect(after.reasons[0]?.text).toBe('maria aborted the release: wrong image');
  });

  it('keeps the reasons that a release has, whatever was ordered meanwhile', () => {
    const reasons = [reason('superseded', 'A newer one came')];
    const commands = { hold: false, abort };
    expect(ended(record({ commands, reasons }), momentAfter(3))).toMatchObject({
      end: 'Superseded',
      reasons,
    });
  });

  it('says that there was nothing to do', () => {
    const after = ended(record({ targets: [ecsRecord({ unchanged: true })] }), momentAfter(3));
    expect(after.end).toBe('Unchanged');
    expect(codesOf(after.reasons)).toEqual(['nothing-to-do']);
  });
});

describe('recovered', () => {
  const take = (change: Parameters<typeof record>[0]) =>
    recovered(record(change), 'execution-2', momentAfter(9));

  it('takes an undecided release back, and says why', () => {
    const after = take({ phase: 'Shifting' });
    expect(after).toMatchObject({
      owner: 'execution-2',
      decision: 'rollback',
      phase: 'RollingBack',
    });
    expect(after.reasons[0]).toMatchObject({ code: 'execution-ended' });
    expect(after.reasons[0]?.text).toContain('execution-1 ended in phase Shifting');
    expect(after.times).toMatchObject({ decided: momentAfter(9), firstBadSign: momentAfter(9) });
  });

  it('says with what the execution failed, if it did', () => {
    const failure = { Error: 'AccessDeniedException', Cause: 'no decision may be written' };
    const after = recovered(record({ phase: 'Holding' }), 'execution-2', momentAfter(9), failure);
    expect(after.reasons[0]?.text).toMatch(
      /in phase Holding, .* decided: AccessDeniedException: no decision may be written$/,
    );
  });

  it('carries a decision on as it is', () => {
    for (const decision of ['promote', 'rollback'] as const) {
      const before = record({ decision, phase: 'Guarding' });
      expect(take({ decision, phase: 'Guarding' })).toEqual({ ...before, owner: 'execution-2' });
    }
  });

  it('takes over a release that has ended until it is closed, and changes nothing else of it', () => {
    const ended = record({ end: 'Promoted', decision: 'promote' });
    expect(recovered(ended, 'execution-2', momentAfter(20))).toEqual({
      ...ended,
      owner: 'execution-2',
    });
    const closed = record({ end: 'Promoted', closed: true });
    expect(recovered(closed, 'execution-2', momentAfter(20))).toBe(closed);
  });

  it('is the same when it is done twice', () => {
    const once = take({});
    expect(recovered(once, 'execution-2', momentAfter(9))).toEqual(once);
  });
});

describe('summaryOf', () => {
  it('says where every target is, and how long the rollback took', () => {
    const summary = summaryOf(
      record({
        decision: 'rollback',
        takenBack: 'back',
        reasons: [red],
        targets: [
          ecsRecord({
            launching: true,
            shifted: true,
            lane: { live: 'web:1', share: 0, status: 'x' },
          }),
          lambdaRecord({ unchanged: true }),
        ],
        times: { firstBadSign: momentAfter(5), allBack: momentAfter(6), ended: momentAfter(7) },
        parent: { kind: 'train', id: 't', region: 'eu-west-1', replyTo: 'queue' },
      }),
    );
    expect(summary).toMatchObject({
      end: 'RolledBack',
      seconds: 420,
      rollbackSeconds: 60,
      parent: { kind: 'train' },
    });
    expect(summary.targets.map(({ name, live, unchanged }) => [name, live, unchanged])).toEqual([
      ['web', 'web:1', false],
      ['api', '1', true],
    ]);
  });
});

describe('a release that has decided nothing', () => {
  it.each<[string, Parameters<typeof record>[0], string | undefined]>([
    ['may end where something speaks against it', { reasons: [red] }, undefined],
    [
      'may not end once it has launched, whatever speaks against it',
      { reasons: [red], targets: stayed },
      'its deployments are launched, and nothing is decided',
    ],
  ])('%s', (_, change, problem) => {
    expect(endsTooEarly(record(change))).toBe(problem);
  });
});
