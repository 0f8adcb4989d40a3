import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { drawn } from '../../../rehearsal/terminal/live-release.ts';
import type { Sighting } from '../../../rehearsal/terminal/live-targets.ts';
import { atMinute, ecsRecord, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';

const good: Sighting = { share: 0, health: 'good', text: '2/2 healthy' };

const lines = (release: ReleaseRecord, web = good, api = good) =>
  drawn(release, atMinute(5.5), { web, api }).map(stripVTControlCharacters);

const lane = (status: string) => ({ live: 'mixed', share: 0, status });

describe('a release that is drawn', () => {
  it('shows its clock and its phase, and a lane for each target with share, health and status', () => {
    const targets = [
      ecsRecord({ lane: lane('InProgress') }),
      lambdaRecord({ lane: lane('Succeeded') }),
    ];
    const [web, api] = [
      { ...good, share: 10 },
      { ...good, share: 100 },
    ];

    expect(lines(record({ phase: 'Preparing', targets }), web, api)).toEqual([
      '',
      '  Validating › Preparing › Staging › Proving › Asking › Shifting › Holding › Guarding',
      '  web  █░░░░░░░░░░░  10 %  web:1 → web:2                        ✔ 2/2 healthy, InProgress',
      '  api  ████████████ 100 %  version 1 → version 2                ✔ 2/2 healthy, Succeeded',
      '  05:30  Tandem makes the new revisions.',
    ]);
  });

  it('shows what is wrong with a target', () => {
    const sick: Sighting = { share: 10, health: 'bad', text: 'green-errors red' };

    expect(lines(record(), sick).join()).toContain('✖ green-errors red');
  });

  it('shows what the release has seen of a target that nobody has looked at yet', () => {
    const web = ecsRecord({ lane: { live: 'mixed', share: 50, status: 'InProgress' } });
    const [, , text] = drawn(record({ targets: [web] }), atMinute(5), {});

    expect(stripVTControlCharacters(text!)).toMatch(/██████░░░░░░ {2}50 % .+ · not read yet/);
  });

  it('names a target that stays as it is, and one that has no new revision yet', () => {
    const { to: _, ...fresh } = lambdaRecord();
    const targets = [ecsRecord({ unchanged: true }), fresh];

    expect(lines(record({ targets })).slice(2, 4)).toEqual([
      expect.stringContaining('web:1 stays'),
      expect.not.stringContaining('→'),
    ]);
  });

  it.each([
    ['RollingBack', {}, 'RollingBack'],
    ['Ended', { end: 'Promoted' }, 'Promoted'],
    ['Ended', { end: 'RolledBack' }, 'RolledBack'],
  ] as const)('on its way out shows no way ahead: %s %o', (phase, change, shown) => {
    expect(lines(record({ phase, ...change }))[1]).toBe(`  ${shown}`);
  });

  it.each<[string, NonNullable<Parameters<typeof record>[0]>, string]>([
    [
      'until when it waits, on its own clock',
      {
        phase: 'Asking',
        waiting: { for: 'an approval', deadline: momentAfter(62), words: ['approve'] },
      },
      '  05:30  waits for an approval, until 1:02:00',
    ],
    [
      'how much has come of what it waits for',
      {
        phase: 'Guarding',
        waiting: { for: 'the new revisions to be read', progress: 'web 2, api 3', words: [] },
      },
      '  05:30  waits for the new revisions to be read: web 2, api 3',
    ],
  ])('says %s', (_, change, text) => {
    expect(lines(record(change)).at(-1)).toBe(text);
  });

  it('fits into 100 columns in every phase', () => {
    const revision = (number: number) => ({
      name: `storefront-web:${number}`,
      ref: `arn:${number}`,
    });
    const web = ecsRecord({
      from: revision(1),
      to: revision(2),
      lane: lane('rolling back: Succeeded'),
    });
    const sick: Sighting = { share: 100, health: 'bad', text: 'blue-latency red' };

    for (const phase of ['Waiting', 'Shifting', 'RollingBack'] as const) {
      for (const line of lines(record({ phase, targets: [web, lambdaRecord()] }), sick)) {
        expect(line.length).toBeLessThan(100);
      }
    }
  });
});
