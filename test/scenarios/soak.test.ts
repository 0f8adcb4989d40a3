import { afterAll, beforeAll, expect, it } from 'vitest';
import { HEALTHY, kindNamed } from '../../rehearsal/soak/kinds.ts';
import { leaveItToTheJudge } from '../../rehearsal/soak/only-the-judge.ts';
import { type Releases, releasesOn } from '../../rehearsal/soak/releases.ts';
import { tryKind } from '../../rehearsal/soak/trial.ts';
import { readLive } from '../../rehearsal/stage/outcome.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import type { Traffic } from '../../rehearsal/traffic/traffic.ts';
import { emptyCount, type TrafficCount } from '../../rehearsal/traffic/traffic-count.ts';
import { functions } from './functions.ts';

let stage: Stage;
let releases: Releases;

beforeAll(async () => {
  stage = await openStage({ setting: { kind: 'simulation', functions } });
  await leaveItToTheJudge(stage);
  releases = await releasesOn(stage);
});
afterAll(() => stage.close());

/** Users of a simulation are nobody: it has no HTTP. What they would have met is given. */
const users = (met: Partial<TrafficCount> = {}): Traffic => {
  const counted = { ...emptyCount, ...met };
  return { soFar: () => counted, count: async () => counted, stop: async () => counted };
};

it('a soak begins with the first steady version of both halves', () => {
  expect(releases.live()).toEqual({ web: '2.3.0-steady', api: '2.3.0-steady' });
});

it('a soak promotes what is healthy, by the whole curve and past all alarms', async () => {
  const met = { requests: 9, answeredBy: { 'web 2.3.1-steady': 3, 'api 2.3.1-steady': 4 } };

  const { trial, settle } = await tryKind(stage, releases, users(met), HEALTHY);
  await settle();

  expect(trial).toMatchObject({
    kind: 'healthy',
    end: 'Promoted',
    right: true,
    decidedBy: 'nobody',
    codes: [],
    exposed: 7,
    requests: 9,
  });
  expect(trial.seconds).toBeGreaterThan(27 * 60);
  const record = await stage.record(trial.release);
  expect(record?.alarms).toEqual([]);
  expect(releases.live()).toEqual({ web: '2.3.1-steady', api: '2.3.1-steady' });
});

it.each([
  ['web', 'api'],
  ['api', 'web'],
] as const)(
  'a soak finds it wrong that a bad %s is promoted, which no user tells, and takes that half back',
  async (bad, good) => {
    const before = releases.live();
    const kind = kindNamed(`${bad} slow-600`)!;

    const { trial, settle } = await tryKind(stage, releases, users(), kind);
    await settle();

    expect(trial).toMatchObject({ kind: kind.name, end: 'Promoted', right: false, exposed: 0 });
    expect(releases.live()[bad]).toBe(before[bad]);
    expect(releases.live()[good]).not.toBe(before[good]);
    const targets = (await stage.record(trial.release))?.targets;
    const live = await readLive(stage);
    expect(live[bad]).not.toBe(targets?.[bad]?.to?.name);
    expect(live[good]).toBe(targets?.[good]?.to?.name);
  },
);

it('a soak releases again what was rolled back', async () => {
  const before = releases.live();
  const { id, versions, ended } = await releases.begin(HEALTHY);
  await stage.until('the shift', async () => (await stage.record(id))?.times.shifted);
  await stage.command({ releaseId: id, command: 'abort', by: 'ada@example.com', reason: 'a test' });
  const outcome = await ended();
  await releases.settle(HEALTHY, versions, outcome);
  expect(outcome.end).not.toBe('Promoted');
  expect(releases.live()).toEqual(before);

  const { trial } = await tryKind(stage, releases, users(), HEALTHY);

  expect(trial).toMatchObject({ end: 'Promoted', right: true });
});
