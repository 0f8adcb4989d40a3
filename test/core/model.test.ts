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
  ...['answer-failed', 'stop', 'continue', 'redeploy', 'restore', 'nothing', 'wait'].map(
    (step) => `rollback: ${step}`,
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
  ...['retry', 'silent', 'fails', 'hangs', 'dies'].map((kind) => `crash: ${kind}`),
  ...['observe', 'start-shift', 'decide', 'answer-target', 'take-back-target', 'close-release'].map(
    (place) => `gap: ${place}`,
  ),
  ...['next', 'takeover', 'end'].map((after) => `late: ${after}`),
  ...['refused', 'unanswered', 'ineffective'].map((fate) => `word: ${fate} start`),
  'message refused',
  'pause',
  'rollback redriven',
  'table restored',
];

const walked = (scenario: Scenario) => {
  const release = walkRelease(scenario);
  return { end: release.record.end, laws: brokenLaws(release) };
};

/** A target of which everything is read seconds behind, and whose waits CodeDeploy does not end at once. */
const lagging = (kind: 'ecs' | 'lambda') =>
  calmSide(kind, {
    nature: { ...calmNature, viewSeconds: 20, trafficSeconds: 3, deafSeconds: 20 },
  });

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
      'a pair that is read seconds behind, and whose words are refused at first',
      calm({
        sides: [lagging('ecs'), lagging('lambda')],
        policy: { bakeMinutes: 0, guardMinutes: 0 },
        words: Array.from({ length: 9 }, (_, word) => ({ word, fate: 'unanswered' as const })),
      }),
    ],
    [
      'a pair whose steps come twice once it has ended',
      calm({
        late: Array.from({ length: 60 }, (_, step) => ({ step, after: 'end' as const })),
        redriven: true,
      }),
    ],
    [
      'a pair whose guard is not ended at the first word',
      calm({
        sides: [
          calmSide('ecs', { nature: { ...calmNature, terminationMinutes: 180 } }),
          calmSide('lambda'),
        ],
        words: [{ word: 6, fate: 'ineffective' }],
      }),
    ],
    ['a pair whose record a newer Tandem writes too', calm({ unknownMembers: 0 })],
    ['a pair whose end cannot be reported for an hour', calm({ unpublished: 3600 })],
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
      'a service is stopped between the look and the start',
      'Rejected',
      calm({
        gaps: [{ before: 'start-shift', visit: 1, seconds: 4, isEntered: true, what: 'stop' }],
      }),
    ],
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
      'no rollback works',
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

  it('keeps every law whatever happens, and everything that may happen does', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const release = walkRelease(scenario);
        expect(brokenLaws(release)).toEqual([]);
        for (const step of release.world.steps) seen.add(`rollback: ${step}`);
        for (const { code } of release.record.reasons) seen.add(code);
        seen.add(`end: ${release.record.end}`);
        for (const one of release.world.met) seen.add(one);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect([...seen]).toEqual(expect.arrayContaining([...EVERYTHING]));
  });
});
