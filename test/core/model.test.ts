import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarios } from './model/arbitrary.ts';
import { brokenLaws } from './model/laws.ts';
import { calm, calmNature, calmSide, type Scenario } from './model/scenario.ts';
import { walkRelease } from './model/walk.ts';

/** Random releases of one run of the tests; `MODEL_RUNS=100000` walks more of them, `MODEL_SEED` others. */
const RUNS = Number(process.env.MODEL_RUNS ?? 2000);
const SEED = Number(process.env.MODEL_SEED ?? 20_261_123);

/** What the random releases must have met, so that no law is kept by never being tried. */
const EVERYTHING = [
  ...['Promoted', 'Rejected', 'RolledBack', 'Aborted', 'NeedsAttention'].map(
    (end) => `end: ${end}`,
  ),
  ...['answer-failed', 'stop', 'continue', 'redeploy', 'restore-alias', 'nothing', 'wait'].map(
    (step) => `way back: ${step}`,
  ),
  'aborted',
  'alarm-red',
  'approval-expired',
  'approval-rejected',
  'busy',
  'deployment-failed',
  'deployment-stopped',
  'execution-ended',
  'foreign-deployment',
  'held-too-long',
  'hook-lost',
  'mixed-not-proven',
  'not-as-planned',
  'not-read',
  'not-ready',
  'shift-stuck',
  'step-failed',
  'take-back-failed',
  'too-little-data',
];

const walked = (scenario: Scenario) => {
  const release = walkRelease(scenario);
  return { end: release.record.end, laws: brokenLaws(release) };
};

/** A bake that an alarm ends: every target comes back from where it is then. */
const goingBack = calm({ alarm: { red: { from: 9, minutes: 2 }, armed: false, poor: false } });
/** An alarm in the guard: the function is final and needs a deployment, the service can be stopped. */
const late = calm({ alarm: { red: { from: 14, minutes: 2 }, armed: false, poor: false } });

describe('a release in the model', () => {
  it.each([
    ['a pair', calm()],
    ['a service alone', calm({ sides: [calmSide('ecs')] })],
    ['a function alone', calm({ sides: [calmSide('lambda')] })],
    [
      'a service and two functions',
      calm({ sides: [calmSide('ecs'), calmSide('lambda'), calmSide('lambda')] }),
    ],
    ['a pair whose events are lost', calm({ signalled: false })],
    ['a pair whose actions take no time', calm({ atomMilliseconds: 0 })],
    ['a pair without bake and guard', calm({ policy: { bakeMinutes: 0, guardMinutes: 0 } })],
    [
      'a pair whose steps come twice',
      calm({
        late: Array.from({ length: 60 }, (_, step) => ({ step, after: 'next' as const })),
      }),
    ],
    [
      'a pair that is approved',
      calm({
        policy: { approval: 'required' },
        answers: [
          { minutes: 3, decision: 'APPROVE' },
          { minutes: 4, decision: 'REJECT' },
        ],
      }),
    ],
    [
      'a pair whose group is busy for a while',
      calm({
        sides: [
          calmSide('ecs', { foreign: { minute: 0, minutes: 30, what: 'same' } }),
          calmSide('lambda'),
        ],
        policy: { busyMinutes: 60, readyMinutes: 5 },
        atomMilliseconds: 0,
      }),
    ],
    [
      'a rollback, whatever the alarms and a proof would say',
      calm({
        intent: 'rollback',
        proof: 'fail',
        alarm: { red: { from: 0, minutes: 600 }, armed: true, poor: false },
      }),
    ],
  ])('promotes %s', (_, scenario) => {
    expect(walked(scenario)).toEqual({ end: 'Promoted', laws: [] });
  });

  it.each([
    ['proof fails', 'Rejected', calm({ proof: 'fail' })],
    [
      'nobody approves',
      'Rejected',
      calm({ policy: { approval: 'required', approvalMinutes: 10 } }),
    ],
    [
      'a person aborts before the shift',
      'Aborted',
      calm({ commands: [{ minute: 1, command: 'abort' }] }),
    ],
    [
      'a person aborts in the guard',
      'Aborted',
      calm({ commands: [{ minute: 14, command: 'abort' }] }),
    ],
    [
      'a function is held for ever',
      'Rejected',
      calm({ sides: [calmSide('lambda')], commands: [{ minute: 0, command: 'hold' }] }),
    ],
    ['an alarm goes red while traffic shifts', 'RolledBack', goingBack],
    ['an alarm goes red in the guard', 'RolledBack', late],
    [
      'the hook of a barrier is lost',
      'RolledBack',
      calm({
        sides: [
          calmSide('ecs', { hook: { lost: true, twice: false, seconds: 1 } }),
          calmSide('lambda'),
        ],
      }),
    ],
    [
      'CodeDeploy refuses a deployment',
      'Rejected',
      calm({ sides: [calmSide('ecs'), calmSide('lambda', { refusesLaunch: true })] }),
    ],
    [
      'a group is busy for too long',
      'Rejected',
      calm({
        sides: [
          calmSide('ecs', { foreign: { minute: 0, minutes: 60, what: 'same' } }),
          calmSide('lambda'),
        ],
        atomMilliseconds: 0,
      }),
    ],
    [
      'somebody else has released something meanwhile',
      'Rejected',
      calm({
        sides: [
          calmSide('ecs', { foreign: { minute: 0, minutes: 5, what: 'another' } }),
          calmSide('lambda'),
        ],
        atomMilliseconds: 0,
      }),
    ],
    [
      'no way back works',
      'NeedsAttention',
      {
        ...late,
        sides: [
          calmSide('ecs', { nature: { ...calmNature, failingReturns: 9 } }),
          calmSide('lambda'),
        ],
      },
    ],
  ])('when %s it ends %s', (_, end, scenario) => {
    expect(walked(scenario)).toEqual({ end, laws: [] });
  });

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

  it('ends as it would have when an interrupted step is tried again', () => {
    const { atoms } = walkRelease(calm());
    for (let atom = 1; atom <= atoms; atom += 1) {
      expect(walked(calm({ crashes: [{ atom, kind: 'retry', seconds: 0 }] })).end).toBe('Promoted');
    }
  });

  it('is recovered by its decision: carried on when it was promoted, taken back before', () => {
    const { atoms } = walkRelease(calm());
    for (let atom = 1; atom <= atoms; atom += 1) {
      const release = walkRelease(calm({ crashes: [{ atom, kind: 'dies', seconds: 240 }] }));
      const isPromoted = release.decisionAtDeath === 'promote';
      expect([atom, release.record.end === 'Promoted']).toEqual([atom, isPromoted]);
    }
  });

  it('promotes a pair that cannot be read for a while at any minute, and goes back when that lasts', () => {
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

  it('keeps every law whatever happens, and everything that may happen does', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const release = walkRelease(scenario);
        expect(brokenLaws(release)).toEqual([]);
        for (const step of release.world.steps) seen.add(`way back: ${step}`);
        for (const { code } of release.record.reasons) seen.add(code);
        seen.add(`end: ${release.record.end}`);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect([...seen]).toEqual(expect.arrayContaining([...EVERYTHING]));
  });
});
