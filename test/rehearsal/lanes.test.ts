import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../core/record.ts';
import type { Health } from '../../rehearsal/health.ts';
import { drawn } from '../../rehearsal/lanes.ts';
import { atMinute, ecsRecord, lambdaRecord, record } from '../core/fixture.ts';

const good: Health = { state: 'good', text: '2/2 healthy' };

const lines = (release: ReleaseRecord, health: Health = good) =>
  drawn(release, atMinute(5.5), () => health).map(stripVTControlCharacters);

const lane = (share: number, status = 'InProgress') => ({ live: 'mixed', share, status });

describe('a release that is drawn', () => {
  it('shows its clock and its phase, and a lane for each target with share, health and status', () => {
    const targets = [ecsRecord({ lane: lane(10) }), lambdaRecord({ lane: lane(100, 'Succeeded') })];

    expect(lines(record({ phase: 'Preparing', targets }))).toEqual([
      '',
      '  Validating › Preparing › Staging › Proving › Asking › Shifting › Holding › Guarding',
      '  web  █░░░░░░░░░░░  10 %  web:1 → web:2                        ✔ 2/2 healthy, InProgress',
      '  api  ████████████ 100 %  1 → 2                                ✔ 2/2 healthy, Succeeded',
      '  05:30  The new revisions are made.',
    ]);
  });

  it('shows what is wrong with a target', () => {
    const sick: Health = { state: 'bad', text: 'green-errors red' };

    expect(lines(record(), sick).join()).toContain('✖ green-errors red');
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

  it('fits into 100 columns in every phase', () => {
    const revision = (number: number) => ({
      name: `storefront-web:${number}`,
      ref: `arn:${number}`,
    });
    const web = ecsRecord({
      from: revision(1),
      to: revision(2),
      lane: lane(100, 'going back: Succeeded'),
    });
    const sick: Health = { state: 'bad', text: 'blue-latency red' };

    for (const phase of ['Waiting', 'Shifting', 'RollingBack'] as const) {
      for (const line of lines(record({ phase, targets: [web, lambdaRecord()] }), sick)) {
        expect(line.length).toBeLessThan(100);
      }
    }
  });
});
