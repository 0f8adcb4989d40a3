import { describe, expect, it } from 'vitest';
import { brokenLaws } from './model/laws.ts';
import { calm, type Scenario } from './model/scenario.ts';
import { walkRelease } from './model/walk.ts';

const walked = (scenario: Scenario) => {
  const release = walkRelease(scenario);
  return { end: release.record.end, laws: brokenLaws(release) };
};

/** A bake that an alarm ends: every target comes back from where it is then. */
const goingBack = calm({ alarm: { red: { from: 9, minutes: 2 }, armed: false, poor: false } });
/** An alarm in the guard: the function is final and needs a deployment, the service can be stopped. */
const late = calm({ alarm: { red: { from: 14, minutes: 2 }, armed: false, poor: false } });

describe('a release in the model, at every moment', () => {
  it.each([
    ['forward', calm()],
    ['back out of the shift', goingBack],
    ['back out of the guard', late],
  ])('keeps every law when it is interrupted at any moment of its way %s', (_, scenario) => {
    const { atoms } = walkRelease(scenario);
    expect(atoms).toBeGreaterThan(20);
    for (let atom = 1; atom <= atoms; atom += 1) {
      for (const kind of ['retry', 'fails', 'dies'] as const) {
        const release = walkRelease({ ...scenario, crashes: [{ atom, kind, seconds: 240 }] });
        expect([atom, kind, brokenLaws(release)]).toEqual([atom, kind, []]);
      }
    }
  });

  it.each(['retry', 'silent'] as const)(
    'ends as it would have when a step is tried again (%s)',
    (kind) => {
      const { atoms } = walkRelease(calm());
      for (let atom = 1; atom <= atoms; atom += 1) {
        const scenario = calm({ crashes: [{ atom, kind, seconds: 0 }] });
        expect([atom, walked(scenario)]).toEqual([atom, { end: 'Promoted', laws: [] }]);
      }
    },
  );

  it('is recovered by its decision: carried on when it was promoted, rolled back before', () => {
    const { atoms } = walkRelease(calm());
    for (let atom = 1; atom <= atoms; atom += 1) {
      const release = walkRelease(calm({ crashes: [{ atom, kind: 'dies', seconds: 240 }] }));
      const isPromoted = release.decisionAtDeath === 'promote';
      expect([atom, release.record.end === 'Promoted']).toEqual([atom, isPromoted]);
    }
  });

  it('promotes a pair that cannot be read for a while at any minute, and rolls back when that lasts', () => {
    for (const what of ['alarms', 'targets', 'both'] as const) {
      for (let from = 0; from <= 18; from += 1) {
        const ends = [20, 45, 300].map((minutes) =>
          walked(calm({ blind: { from, minutes, what } })),
        );
        // The decision waits for the figures of the bake's last minute.
        const isGuarded = from > 16;
        expect([what, from, ...ends.map(({ end }) => end === 'Promoted')]).toEqual([
          what,
          from,
          true,
          isGuarded,
          // After the guard no alarm counts any more.
          false,
        ]);
        expect(ends.flatMap(({ laws }) => laws)).toEqual([]);
      }
    }
  });

  it('keeps every law when another person stops one side at any minute', () => {
    for (let minute = 0; minute <= 20; minute += 1) {
      for (const index of [0, 1]) {
        for (const rollsBack of [true, false]) {
          const sides = calm().sides.map((side, place) =>
            place === index ? { ...side, stop: { minute, rollsBack } } : side,
          );
          expect([minute, index, walked(calm({ sides })).laws]).toEqual([minute, index, []]);
        }
      }
    }
  });
});
