import { describe, expect, it } from 'vitest';
import { next } from '../../../core/protocol/next.ts';
import {
  failedStart,
  failuresAllowed,
  type GreenReading,
  startText,
  withReading,
} from '../../../core/record/green-start.ts';
import {
  deployment,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  observation,
  reading,
  record,
} from '../fixture.ts';

const green = (change: Partial<GreenReading> = {}): GreenReading => ({
  desired: 2,
  running: 0,
  healthy: 0,
  exited: 0,
  unstarted: 0,
  unhealthy: 0,
  unplaced: 0,
  ...change,
});
const crashed = green({ exited: 4, exitCode: 1, why: 'Essential container in task exited' });

describe('the start of green', () => {
  it('is shown with counts, exit code and the words of ECS', () => {
    expect(startText(crashed)).toBe(
      '0 of 2 healthy, 4 exited (exit code 1): Essential container in task exited',
    );
    expect(startText(green({ running: 2, healthy: 1 }))).toBe('1 of 2 healthy');
  });

  it.each([
    [1, 3],
    [2, 3],
    [10, 11],
    [500, 100],
  ])('of %i tasks is given up after %i failed ones', (desired, failures) => {
    expect(failuresAllowed(desired)).toBe(failures);
  });

  it.each([
    ['tasks that are still being started', green()],
    ['tasks that run and are checked', green({ running: 2 })],
    ['one round of crashes', green({ exited: 2 })],
    ['one round of crashes of many tasks', green({ desired: 10, exited: 10 })],
    ['two failed placements', green({ unplaced: 2 })],
    ['failed placements beside a task that runs', green({ running: 1, unplaced: 9 })],
  ])('is not given up for %s', (_, reading) => {
    expect(failedStart('web', withReading(undefined, reading))).toBeUndefined();
  });

  it.each([
    ['crashes', crashed],
    ['failed pulls', green({ unstarted: 3 })],
    ['failed health checks', green({ running: 2, unhealthy: 3 })],
    ['a mix of them', green({ exited: 1, unstarted: 1, unhealthy: 1 })],
    ['failed placements', green({ unplaced: 3 })],
  ])('is given up for %s', (_, reading) => {
    expect(failedStart('web', withReading(undefined, reading))?.code).toBe('green-does-not-start');
  });

  it('is never given up once a task has been healthy', () => {
    const before = withReading(undefined, green({ running: 1, healthy: 1, checked: 1, exited: 1 }));
    expect(failedStart('web', withReading(before, crashed))).toBeUndefined();
  });

  it('is given up though a task ran before any check of the balancer could say that it is healthy', () => {
    const before = withReading(undefined, green({ running: 1, healthy: 1, checked: 0 }));
    expect(failedStart('web', withReading(before, crashed))?.code).toBe('green-does-not-start');
  });

  const staging = (seen: GreenReading) =>
    record({
      phase: 'Staging',
      times: { staged: momentAfter(0) },
      targets: [
        ecsRecord({ forward: 'd-1', launched: momentAfter(0), green: seen }),
        lambdaRecord(),
      ],
    });
  const look = (seen: GreenReading, minute: number) =>
    next(staging(seen), observation(minute, { web: reading({ forward: deployment() }) }), []);

  it('ends a release long before the time that green has', () => {
    expect(look(crashed, 2)).toMatchObject({
      action: 'rollback',
      reasons: [{ code: 'green-does-not-start', target: 'web' }],
    });
    expect(look(green({ exited: 2 }), 2)).toMatchObject({ phase: 'Staging', action: 'wait' });
  });

  it('is in the reason when the time is over', () => {
    expect(look(green({ running: 2, exited: 1 }), 31)).toMatchObject({
      reasons: [{ code: 'not-ready', text: expect.stringContaining('(0 of 2 healthy, 1 exited)') }],
    });
  });

  it('is shown while the release waits for it', () => {
    expect(look(green({ exited: 2 }), 2)).toMatchObject({
      why: { progress: expect.stringContaining('web 0 of 2 healthy, 2 exited') },
    });
  });
});
