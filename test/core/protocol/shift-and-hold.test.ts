import { describe, expect, it } from 'vitest';
import { START } from '../../../core/drivers/codedeploy/events.ts';
import { JudgeSettings } from '../../../core/release/judge-settings.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, inconclusive, pass } from '../../../core/release/verdict.ts';
import { held, momentAfter } from '../fixture.ts';
import {
  arrived,
  ask,
  changed,
  launched,
  lineOf,
  type Stand,
  staged,
  withPolicy,
} from './stands.ts';

describe('next, while traffic shifts', () => {
  it.each<[string, Stand, string]>([
    [
      'launches what has no green of its own, once the shift has begun',
      changed(staged, { times: { shifted: momentAfter(2) } }),
      'Shifting: start-shift',
    ],
    [
      'gives up a function whose group is busy',
      {
        ...changed(staged, { times: { shifted: momentAfter(2) } }),
        api: { busy: { since: momentAfter(2), last: momentAfter(11) } },
        minute: 12,
      },
      'RollingBack: busy',
    ],
    ['waits until every side is held', { ...launched, minute: 3 }, 'Shifting: wait 60'],
    [
      'lets all sides go at once',
      { ...changed(launched, { hooks: [held('d-api', START)] }), minute: 3 },
      'Shifting: start-shift',
    ],
    [
      'lets nobody go while a person holds',
      {
        ...changed(launched, { hooks: [held('d-api', START)], commands: { hold: true } }),
        minute: 3,
      },
      'Shifting: wait 60',
    ],
    [
      'lets the others go all the same once one was released',
      {
        ...changed(launched, { hooks: [held('d-api', START)], commands: { hold: true } }),
        web: { ...launched.web, shifted: true, released: true },
        minute: 3,
      },
      'Shifting: start-shift',
    ],
    [
      'rolls back before CodeDeploy would fail what is held',
      {
        ...changed(launched, { hooks: [held('d-api', START)], commands: { hold: true } }),
        minute: 58,
      },
      'RollingBack: held-too-long',
    ],
    [
      'gives the word again until CodeDeploy has taken it',
      {
        ...changed(launched, { hooks: [held('d-api', START, { answer: 'Succeeded' })] }),
        web: { ...launched.web, shifted: true, released: false },
        api: { ...launched.api, shifted: true },
        minute: 3,
      },
      'Shifting: start-shift',
    ],
    [
      'does not wait for ever for the common start',
      { ...launched, minute: 12 },
      'RollingBack: shift-stuck',
    ],
    [
      'counts that time from the last launch',
      { ...launched, api: { ...launched.api, launched: momentAfter(10) }, minute: 12 },
      'Shifting: wait 60',
    ],
    [
      'waits for the slower side',
      { ...arrived, api: { ...arrived.api, arrivedAt: undefined } as never, minute: 9 },
      'Shifting: wait 15',
    ],
    [
      'rolls back when a side does not arrive in its time',
      { ...arrived, api: { ...arrived.api, arrivedAt: undefined } as never, minute: 32 },
      'RollingBack: shift-stuck',
    ],
  ])('%s', (_, stand, line) => {
    expect(lineOf(ask(stand))).toBe(line);
  });
});

describe('next, while all traffic is on green', () => {
  const poor = inconclusive(reason('too-little-data', 'Nothing to see'));

  it.each<[string, Stand, string]>([
    ['bakes from the last arrival', { ...arrived, minute: 9 }, 'Holding: wait 15'],
    ['waits for new figures while it bakes', { ...arrived, minute: 12.5 }, 'Holding: wait 45'],
    [
      'waits for the figures of the last minute of the bake',
      { ...arrived, minute: 16.1 },
      'Holding: wait 9',
    ],
    [
      'decides once the figures of the last minute of the bake have been read',
      { ...arrived, minute: 16.25 },
      'Holding: decide',
    ],
    [
      'looks at the alarms once more before it decides',
      { ...changed(arrived, { alarmsSeen: momentAfter(16.2) }), minute: 16.25 },
      'Holding: wait 1',
    ],
    [
      'decides at once without a bake',
      { ...withPolicy(arrived, { bakeMinutes: 0 }), minute: 8 },
      'Holding: decide',
    ],
    [
      'decides at once when a person says so',
      { ...changed(arrived, { commands: { promote: { by: 'ada', reason: '' } } }), minute: 9 },
      'Holding: decide',
    ],
    [
      'waits while it is held',
      { ...changed(arrived, { commands: { hold: true } }), minute: 30 },
      'Holding: wait 15',
    ],
    [
      'is held, even if a person also says promote',
      {
        ...changed(arrived, { commands: { hold: true, promote: { by: 'ada', reason: '' } } }),
        minute: 30,
      },
      'Holding: wait 15',
    ],
    [
      'rolls back five minutes before CodeDeploy would fail a side that is held',
      { ...changed(arrived, { commands: { hold: true } }), minute: 62 },
      'RollingBack: held-too-long',
    ],
    [
      'rolls back when the sides arrived too far apart for the bake',
      {
        ...withPolicy(arrived, { bakeMinutes: 40 }),
        web: { ...arrived.web, arrivedAt: momentAfter(7) },
        api: { ...arrived.api, arrivedAt: momentAfter(23) },
        minute: 24,
      },
      'RollingBack: too-little-time',
    ],
    [
      'believes what it reads, not that a side has arrived',
      { ...arrived, readWeb: { ...arrived.readWeb, share: 90 }, minute: 17 },
      'RollingBack: traffic-not-moved',
    ],
    [
      'reads the traffic again for some seconds, since what it reads may be behind',
      { ...arrived, readWeb: { ...arrived.readWeb, share: 90 }, minute: 16.3 },
      'Holding: wait 5',
    ],
  ])('%s', (_, stand, line) => {
    expect(lineOf(ask(stand))).toBe(line);
  });

  it.each([
    ['proceed', 17, 'Holding: decide'],
    ['extend', 17, 'Holding: wait 15'],
    ['extend', 62, 'RollingBack: too-little-data'],
    ['rollback', 17, 'RollingBack: too-little-data'],
  ] as const)(
    'with too little data and the policy %s at minute %i: %s',
    (insufficientData, minute, line) => {
      expect(lineOf(ask({ ...withPolicy(arrived, { insufficientData }), minute }, poor))).toBe(
        line,
      );
    },
  );

  const fewer = inconclusive(reason('too-few-requests', 'Green had 3 requests'));
  const judgement = (tooFewRequests: string) =>
    withPolicy(arrived, { judgement: JudgeSettings.parse({ tooFewRequests }) });
  const promote = { commands: { promote: { by: 'ada', reason: '' } } };
  const asked = { times: { ...arrived.change!.times, asked: momentAfter(17) } };

  it.each<[string, number, string, object?]>([
    ['proceed', 17, 'Holding: decide'],
    ['rollback', 12, 'Holding: wait 15'],
    ['extend', 17, 'Holding: wait 15'],
    ['extend', 62, 'RollingBack: too-few-requests'],
    ['extend', 17, 'Holding: decide', promote],
    ['rollback', 17, 'RollingBack: too-few-requests'],
    ['ask', 17, 'Holding: ask'],
    ['ask', 18, 'Holding: wait 15', asked],
    ['ask', 18, 'Holding: decide', { ...asked, ...promote }],
    ['ask', 62, 'RollingBack: held-too-long too-few-requests', asked],
  ])('with too few requests and the policy %s at minute %i: %s', (policy, minute, line, change) => {
    const stand = changed({ ...judgement(policy), minute }, change ?? {});
    expect(lineOf(ask(stand, pass, fewer))).toBe(line);
  });

  it.each([
    ['tell', 17, 'Holding: decide'],
    ['extend', 17, 'Holding: wait 15'],
    ['ask', 17, 'Holding: ask'],
    ['ask', 62, 'RollingBack: unusual'],
  ])('with what is unusual and the policy %s at minute %i: %s', (unusual, minute, line) => {
    const odd = inconclusive(reason('unusual', 'web: 3 requests a minute'));
    const stand = withPolicy(arrived, { judgement: JudgeSettings.parse({ unusual }) });
    expect(lineOf(ask({ ...stand, minute }, pass, odd))).toBe(line);
  });

  it('waits for the person who was asked, also when the doubt is gone', () => {
    const at = (minute: number, change: object = {}) =>
      lineOf(ask(changed({ ...judgement('ask'), minute }, { ...asked, ...change }), pass, pass));
    expect([at(20), at(62), at(20, promote)]).toEqual([
      'Holding: wait 15',
      'RollingBack: held-too-long',
      'Holding: decide',
    ]);
  });

  it('waits five minutes for figures that cannot be read, then does what too few mean', () => {
    const unread = inconclusive(reason('figures-unread', 'Rate exceeded'));
    const at = (policy: string, minute: number) =>
      lineOf(ask({ ...judgement(policy), minute }, pass, unread));
    expect([at('proceed', 13), at('proceed', 18), at('rollback', 17), at('rollback', 18)]).toEqual([
      'Holding: wait 15',
      'Holding: decide',
      'Holding: wait 15',
      'RollingBack: figures-unread',
    ]);
  });

  it('does nothing about doubts where the policy only tells', () => {
    const tells = JudgeSettings.parse({ mode: 'tell', tooFewRequests: 'rollback' });
    const stand = withPolicy(arrived, { judgement: tells });
    expect(lineOf(ask({ ...stand, minute: 17 }, pass, fewer))).toBe('Holding: decide');
  });

  it('rolls back when green is worse than blue, also while it guards', () => {
    const worse = fail(reason('green-worse', 'web: green fails 2 %'));
    expect(lineOf(ask({ ...arrived, minute: 9 }, pass, worse))).toBe('RollingBack: green-worse');
  });

  it('asks nobody for data about what it rolls back to', () => {
    const strict = withPolicy(arrived, { insufficientData: 'rollback' });
    const back = changed({ ...strict, minute: 17 }, { intent: 'rollback' });
    expect(lineOf(ask(back, poor))).toBe('Holding: decide');
  });
});
