import { describe, expect, it } from 'vitest';
import type { Tally } from '../../../core/analysis/tally.ts';
import { taught, teaches } from '../../../core/history/lesson.ts';
import { judgeTarget } from '../../../core/judge/assessment.ts';
import { believed, type KeptProfile, withLesson } from '../../../core/judge/warm-up-profile.ts';
import { JudgeSettings } from '../../../core/release/judge-settings.ts';
import { ecsRecord, policy, record } from '../fixture.ts';

/** Minutes of 600 requests to green beside 5,400 to blue, of which so many of green fail. */
const tally = (failures: readonly number[], marks = 0, seconds = 60): Tally => ({
  errors: { seconds, rows: failures.map((count, i) => [i, 600, 5400, count, 5]) },
  ...(marks > 0
    ? {
        slow: {
          seconds,
          marks,
          rows: failures.map((_, i) => [
            ...[i, 600, 5400],
            ...Array.from({ length: marks }, () => 60),
            ...Array.from({ length: marks }, () => 540),
          ]),
        },
      }
    : {}),
});

const keptAfter = (releases: number, one: Tally, kept?: KeptProfile) =>
  Array.from({ length: releases }).reduce<KeptProfile | undefined>(
    (sum, _, index) => withLesson(sum, `${sum?.learned.length ?? 0}-${index}`, one),
    kept,
  );

const FINE = tally([1, 1, 1]);

describe('what a target has learned', () => {
  it('has each release once, however often it is taught', () => {
    const once = withLesson(undefined, 'one', FINE);
    expect(withLesson(once, 'one', FINE)).toBe(once);
    expect(once).toMatchObject({ learned: ['one'], profile: { releases: 1 } });
    expect(withLesson(once, 'two', FINE)?.profile.releases).toBe(2);
  });

  it('remembers so many releases and no more', () => {
    const kept = keptAfter(200, FINE)!;
    expect(kept.learned).toHaveLength(40);
    expect(kept.profile.releases).toBe(30);
  });

  it('begins anew when the period or the number of marks has changed', () => {
    const three = keptAfter(6, tally([1, 1], 3));
    expect(keptAfter(1, tally([1, 1], 2), three)?.profile).toMatchObject({ releases: 1 });
    expect(keptAfter(1, tally([1, 1], 3, 10), three)?.profile).toMatchObject({
      releases: 1,
      slot: 10,
    });
    expect(keptAfter(1, tally([1, 1], 3), three)?.profile).toMatchObject({ releases: 7, slot: 60 });
  });

  it('keeps its marks over a release before which too few had requests to set them', () => {
    const kept = keptAfter(1, FINE, keptAfter(6, tally([1, 1], 3)));
    expect(kept?.profile.releases).toBe(7);
    expect(kept?.profile.slow).toHaveLength(3);
  });

  it('is not changed by a release that compared nothing', () => {
    const alone: Tally = { errors: { seconds: 60, rows: [[0, 600, 0, 1, 0]] } };
    expect(withLesson(undefined, 'one', alone)).toBeUndefined();
    expect(withLesson(undefined, 'one', undefined)).toBeUndefined();
  });

  it('is believed from five releases on, and of figures that are counted alike', () => {
    expect(believed(keptAfter(4, FINE)?.profile, FINE)).toBeUndefined();
    expect(believed(keptAfter(5, FINE)?.profile, FINE)).toBeDefined();
    // Of marks that it does not know it would say that nothing is slow at first.
    expect(believed(keptAfter(5, FINE)?.profile, tally([1], 3))).toBeUndefined();
    expect(believed(keptAfter(5, tally([1], 3))?.profile, FINE)).toBeDefined();
  });

  it('lets a start pass that is as always, and says so', () => {
    const cold = tally([14, 1, 1]);
    const one = { target: 'web', tally: cold, marks: [], metrics: [] };
    const judged = (releases: number) =>
      judgeTarget(
        { ...one, profile: keptAfter(releases, cold)?.profile },
        JudgeSettings.parse({}),
        1,
      );
    expect(judged(0).verdict).toBe('fail');
    expect(judged(4)).toEqual(judged(0));
    expect(judged(6)).toEqual({
      verdict: 'pass',
      reasons: [],
      judged: { web: 'judged' },
      says: [
        'web: green fails 0.89 % of 1,800 requests, blue 0.093 % of 16,200 in the same minutes: no sign that green is worse; its start counts by what 6 good releases had',
      ],
      advice: [],
    });
  });
});

describe('a lesson', () => {
  it.each([
    [{ intent: 'release', end: 'Promoted' } as const, true],
    [{ intent: 'rollback', end: 'Promoted' } as const, false],
    [{ intent: 'release', end: 'RolledBack' } as const, false],
    [{ intent: 'release' } as const, false],
  ])('of %j is given: %s', (one, expected) => {
    expect(teaches(record(one))).toBe(expected);
  });

  it('is not given by what the judge would have rolled back', () => {
    const web = ecsRecord({ shifted: true });
    const tells = record({
      policy: policy({ judgement: JudgeSettings.parse({ mode: 'tell' }) }),
    });
    const evidence = { from: '', to: '', marks: [] };
    expect(taught(undefined, tells, web, { ...evidence, tally: FINE })).toBeDefined();
    expect(taught(undefined, tells, web, { ...evidence, tally: tally([60, 60]) })).toBeUndefined();
    expect(taught(undefined, tells, web, undefined)).toBeUndefined();
  });
});
