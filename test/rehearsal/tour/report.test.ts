import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { reason } from '../../../core/release/reason.ts';
import type { ReleaseOutcome } from '../../../rehearsal/stage/outcome.ts';
import { type Chapter, isGood, reportLines, type Story } from '../../../rehearsal/tour/report.ts';
import { emptyCount, plus, type TrafficCount } from '../../../rehearsal/traffic/traffic-count.ts';

const outcome = (change: Partial<ReleaseOutcome> = {}): ReleaseOutcome => ({
  id: '51057b0f-3d42-898e-f2d8-106f56a92ee3',
  pair: 'storefront',
  end: 'RolledBack',
  reasons: [
    reason(
      'alarm-red',
      'storefront-web:4, the new version: 25 % of answers were server errors in 1 minute, threshold 5. Alarm tandem-storefront-web-blue-errors is red since 2026-11-25 07:42:10 UTC',
    ),
  ],
  targets: [
    {
      name: 'web',
      kind: 'ecs',
      from: 'storefront-web:2',
      to: 'storefront-web:4',
      live: 'storefront-web:2',
    },
  ],
  transitions: 58,
  seconds: 130,
  realSeconds: 4.1,
  ...change,
});

const count = (change: Partial<TrafficCount> = {}): TrafficCount => ({
  ...emptyCount,
  requests: 820,
  failed: 6,
  failedBy: { 'web 2.1.0-errors': 6 },
  ...change,
});

const chapter = (change: Partial<Chapter> = {}): Chapter => ({
  title: 'A web application that passes its checks and then fails 3 of 10 users',
  expected: 'RolledBack',
  outcome: outcome(),
  traffic: count(),
  badSign: { at: 106, allBack: 116 },
  ...change,
});

/** A machine with nothing else to do. */
const FREE = { wanted: 36, slowest: 36, stall: 40 };

const story = (chapters: readonly Chapter[], outside: Partial<TrafficCount> = {}): Story => ({
  chapters,
  total: plus(
    chapters.reduce((sum, { traffic }) => plus(sum, traffic), emptyCount),
    { ...emptyCount, requests: 180, ...outside },
  ),
  realSeconds: 47,
  machine: FREE,
});

const lines = (one: Story, width = 100) =>
  reportLines(one, one.chapters.length, width).map(stripVTControlCharacters);

describe('the report', () => {
  it('tells of each release what moved, how it ended and why, and what users met', () => {
    expect(lines(story([chapter()]))).toEqual([
      '',
      'What happened',
      '',
      '1. A web application that passes its checks and then fails 3 of 10 users',
      '   release  51057b0f-3d42-898e-f2d8-106f56a92ee3',
      '   end      RolledBack, as it should',
      '   web      storefront-web:2 → storefront-web:4, users are on storefront-web:2',
      '   because  storefront-web:4, the new version: 25 % of answers were server errors in 1 minute,',
      '            threshold 5. Alarm tandem-storefront-web-blue-errors is red since 2026-11-25 07:42:10',
      '            UTC (alarm-red)',
      '   back     in 00:10 (first bad sign 01:46; all traffic on blue 01:56, read three times)',
      '   users    820 requests, 6 failed (6 by web 2.1.0-errors), 0 lost',
      '   cost     58 state transitions; the execution took 02:10 of release time, 4.1 real seconds',
      '',
      'In all, with 180 requests before, between and after the releases: 1000 requests, 6 failed (6 by web',
      '2.1.0-errors), 0 lost.',
      'All as expected: 1 releases in 47 seconds (release time ran 36 times as fast).',
    ]);
  });

  it('keeps within the width that it is given', () => {
    for (const width of [80, 100]) {
      for (const line of lines(story([chapter()]), width)) {
        expect(line.length).toBeLessThanOrEqual(width);
      }
    }
  });

  it('names every loss, and says what it means that users were held back', () => {
    const text = lines(
      story([chapter()], { lost: 1, heldBack: 12, losses: ['web /: socket hang up'] }),
    ).join('\n');

    expect(text).toContain('1 lost, 12 held back.');
    expect(text).toContain('this machine could not keep up');
    expect(text).toContain('   lost web /: socket hang up');
  });

  it('says whose failures web has passed on, where both halves failed', () => {
    const passedOn = 'counts as failed by that version of web.';
    const told = (failedBy: Record<string, number>) =>
      lines(story([chapter({ traffic: { ...emptyCount, failedBy } })])).join(' ');

    expect(told({ 'api 2.1.0-errors': 6, 'web 2.0.0': 1 })).toContain(passedOn);
    expect(told({ 'web 2.1.0-errors': 6 })).not.toContain(passedOn);
  });

  it('blames a machine that was busy for what went wrong, and for nothing else', () => {
    const wrong = story([chapter({ expected: 'Promoted' })]);
    const text = (one: Story, machine: Partial<Story['machine']>) =>
      lines({ ...one, machine: { ...FREE, ...machine } })
        .join(' ')
        .replaceAll(/\s+/g, ' ');

    const stalled = text(wrong, { stall: 1234 });
    expect(stalled).toContain('Spoilt by a busy machine: 1 releases');
    expect(stalled).toContain('It once stood still for 1.2 real seconds');
    expect(text(wrong, { slowest: 10 })).toContain(
      'release time ran 10 to 36 times as fast, slower while this machine was busy',
    );
    expect(text(wrong, { slowest: 10 })).toContain('nothing about the versions');
    expect(text(wrong, {})).toContain('Not as expected');
    expect(text(wrong, {})).not.toContain('busy');
    expect(text(story([chapter()]), { slowest: 10, stall: 1234 })).toContain('All as expected');
    expect(text(story([chapter()]), { slowest: 10, stall: 1234 })).not.toContain('versions');
  });

  it('says which end was expected instead', () => {
    const wrong = chapter({ expected: 'Promoted' });

    expect(lines(story([wrong])).join('\n')).toContain('RolledBack, expected was Promoted');
  });
});

describe('a tour is good', () => {
  it('when every release ended as it should and nothing was lost', () => {
    expect(isGood(story([chapter(), chapter()]), 2)).toBe(true);
  });

  it.each<[string, Story]>([
    ['a release is missing', story([chapter()])],
    ['an end is not the expected one', story([chapter(), chapter({ expected: 'Promoted' })])],
    [
      'a target is not where it belongs',
      story([
        chapter(),
        chapter({
          outcome: outcome({ targets: [{ ...outcome().targets[0]!, live: 'mixed' }] }),
        }),
      ]),
    ],
    [
      'a request was lost during a release',
      story([chapter(), chapter({ traffic: count({ lost: 1 }) })]),
    ],
    [
      'a request was lost before, between or after the releases',
      story([chapter(), chapter()], { lost: 1 }),
    ],
  ])('not when %s', (_, one) => {
    expect(isGood(one, 2)).toBe(false);
  });
});
