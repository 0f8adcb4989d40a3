import { describe, expect, it } from 'vitest';
import { BARRIER } from '../../../core/drivers/codedeploy/events.ts';
import { next } from '../../../core/protocol/next.ts';
import { withSight } from '../../../core/protocol/phases/blind.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, inconclusive, pass } from '../../../core/release/verdict.ts';
import {
  alarmsSay,
  deployment,
  ecsRecord,
  held,
  lambdaRecord,
  momentAfter,
  observation,
  reading,
  record,
} from '../fixture.ts';
import { type Change, lineOf } from './stands.ts';

const unreadAlarms = inconclusive(reason('not-read', 'The alarms could not be read'));
const unread = { api: 'ThrottlingException: Rate exceeded' };

const hooks = (answer?: 'Succeeded') =>
  ['d-web', 'd-api'].map((id) => held(id, BARRIER, answer ? { answer } : {}));

/** What a release that holds both sides does at a minute, by what it can read. */
const at = (
  minute: number,
  change: Omit<Change, 'targets'>,
  { blindTo, alarms = pass }: { blindTo?: Record<string, string>; alarms?: typeof pass },
): string => {
  const sides = { launching: true, shifted: true, released: true, arrivedAt: momentAfter(10) };
  const all = {
    web: reading({ live: 'web:2', share: 100, forward: deployment({ id: 'd-web' }) }),
    api: reading({ live: '2', share: 100, forward: deployment({ id: 'd-api' }) }),
  };
  const seen = blindTo
    ? { ...observation(minute, { web: all.web }), unread: blindTo }
    : observation(minute, all);
  const before = record({
    hooks: hooks(),
    phase: 'Holding',
    alarmsSeen: momentAfter(minute),
    ...change,
    times: { shifted: momentAfter(5), ...change.times },
    targets: [
      ecsRecord({ ...sides, forward: 'd-web' }),
      lambdaRecord({ ...sides, forward: 'd-api' }),
    ],
  });
  const votes = alarmsSay(alarms);
  return lineOf(next(withSight(before, seen, votes), seen, votes));
};

describe('a release that cannot read', () => {
  it('answers what it has decided, but waits once a barrier is lost: nothing is owed then', () => {
    const promoted = { decision: 'promote', phase: 'Guarding' } as const;
    const lost = [held('d-web', BARRIER), held('d-api', BARRIER, { answer: 'Failed' })];
    expect(at(20, promoted, { blindTo: unread })).toBe('Guarding: answer-target');
    expect(at(20, { ...promoted, hooks: lost }, { blindTo: unread })).toMatch(/^Guarding: wait/);
  });

  it('its alarms, or a target, decides nothing and looks again soon', () => {
    // The bake has ended, and the figures of its last minute have arrived.
    expect(at(20, {}, {})).toBe('Holding: decide');
    expect(at(20, {}, { alarms: unreadAlarms })).toBe('Holding: wait 15');
    expect(at(20, {}, { blindTo: unread })).toBe('Holding: wait 15');
  });

  it('rolls back when that has lasted for half an hour', () => {
    const since = { blindSince: momentAfter(12) };
    expect(at(41, since, { alarms: unreadAlarms })).toBe('Holding: wait 15');
    expect(at(42, since, { alarms: unreadAlarms })).toBe('RollingBack: not-read');
    expect(at(42, since, { blindTo: unread })).toBe('RollingBack: not-read');
    expect(at(42, since, {})).toBe('Holding: decide');
  });

  it('waits for hours once every barrier is answered: no hook of CodeDeploy runs out any more', () => {
    const guarded = {
      decision: 'promote' as const,
      phase: 'Guarding' as const,
      hooks: hooks('Succeeded'),
      times: { guarded: momentAfter(16) },
      blindSince: momentAfter(17),
    };
    expect(at(100, guarded, { alarms: unreadAlarms })).toBe('Guarding: wait 60');
    expect(at(256, guarded, { alarms: unreadAlarms })).toBe('Guarding: wait 60');
    expect(at(257, guarded, { alarms: unreadAlarms })).toBe('RollingBack: not-read');
  });

  it('answers what it has decided all the same', () => {
    const decided = { decision: 'promote' as const, phase: 'Guarding' as const };
    expect(at(16, decided, { alarms: unreadAlarms, blindTo: unread })).toBe(
      'Guarding: answer-target',
    );
  });

  it('hears a person, and every bad sign that it can see', () => {
    const aborted = { commands: { abort: { by: 'ada', reason: '' } } };
    expect(at(16, aborted, { alarms: unreadAlarms, blindTo: unread })).toBe('RollingBack: aborted');
    const red = fail(reason('alarm-red', 'It is red'));
    expect(at(16, {}, { alarms: red, blindTo: unread })).toBe('RollingBack: alarm-red');
  });

  it('remembers since when, until it reads everything again', () => {
    const blindSince = momentAfter(12);
    const before = record({ blindSince });
    const seen = { ...observation(16, {}), unread };
    expect(withSight(before, seen, alarmsSay()).blindSince).toBe(blindSince);
    expect(withSight(record(), seen, alarmsSay()).blindSince).toBe(momentAfter(16));
    expect(withSight(before, observation(16, {}), alarmsSay())).not.toHaveProperty('blindSince');
    expect(withSight(before, observation(16, {}), alarmsSay(unreadAlarms)).blindSince).toBe(
      blindSince,
    );
  });

  it('misses no alarm that does not count: when it rolls back, and after the guard', () => {
    for (const change of [
      { intent: 'rollback' as const },
      { times: { guardEnded: momentAfter(15) } },
    ]) {
      const seeing = withSight(record(change), observation(16, {}), alarmsSay(unreadAlarms));
      expect(seeing).not.toHaveProperty('blindSince');
    }
  });
});
