import { describe, expect, it } from 'vitest';
import { commandProblem } from '../../../core/protocol/command.ts';
import { waitOf, withWait } from '../../../core/record/waiting.ts';
import { reason } from '../../../core/release/reason.ts';
import { inconclusive, type Verdict } from '../../../core/release/verdict.ts';
import { nextBack } from '../../../core/way-back/way-back.ts';
import {
  atMinute,
  deployment,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  observation,
  reading,
  record,
} from '../fixture.ts';
import {
  arrived,
  ask,
  changed,
  forward,
  guardEnded,
  guarded,
  launched,
  type Stand,
  staged,
  withPolicy,
} from './stands.ts';

/** What the release says that it waits for. */
const whyAt = (stand: Stand, alarms?: Verdict, judge?: Verdict) => {
  const answer = ask(stand, alarms, judge);
  return answer.action === 'wait' ? answer.why : answer;
};

const coming: Stand = { ...staged, readWeb: { forward: forward('d-web') }, minute: 3 };
const pending = {
  id: 'approval-1',
  state: 'pending' as const,
  requestedAt: momentAfter(5),
  shown: [],
  expiresAt: momentAfter(65),
};
const asking = changed(withPolicy(staged, { approval: 'required' }), { approval: pending });
const released = { shifted: true, released: true };
const travelling: Stand = {
  ...launched,
  web: { ...launched.web, ...released },
  api: { ...launched.api, ...released, arrivedAt: momentAfter(7) },
  readWeb: { live: 'mixed', share: 10, forward: forward('d-web') },
  minute: 3,
};
const away = reason('not-read', 'the alarms could not be read: down');
const blind = inconclusive(away);
const held = { hold: true, orders: [] };

describe('a release waits', () => {
  it.each<[string, unknown, object]>([
    [
      'for green, as long as the policy says',
      whyAt(coming),
      { for: 'green of web to become ready', deadline: atMinute(30), words: ['hold', 'abort'] },
    ],
    [
      "for somebody else's deployment",
      whyAt({ web: { busy: { since: momentAfter(0), last: momentAfter(1) } }, minute: 1 }),
      { for: 'another deployment in the group of web', deadline: atMinute(10), words: ['abort'] },
    ],
    [
      'for an approval until it expires',
      whyAt({ ...asking, minute: 10 }),
      { for: 'an approval', deadline: atMinute(65), words: ['approve', 'reject', 'abort'] },
    ],
    [
      'for a person who resumes it before the shift',
      whyAt({ ...changed(staged, { commands: held }), minute: 10 }),
      {
        for: 'a person: it is held before any traffic moves',
        deadline: atMinute(23.5 * 60),
        words: ['resume', 'abort'],
      },
    ],
    [
      'for the common start',
      whyAt({ ...launched, minute: 3 }),
      {
        for: 'every target to be held for the common start',
        deadline: atMinute(12),
        words: ['hold', 'abort'],
      },
    ],
    [
      'for traffic, until the curve has moved it',
      whyAt(travelling),
      {
        for: 'all traffic of web to reach green (10 % for 5 minutes, then all)',
        until: atMinute(7),
        words: ['hold', 'abort'],
      },
    ],
    [
      'for the bake, which begins with the last arrival',
      whyAt({ ...arrived, minute: 10 }),
      { for: 'the end of the bake', until: atMinute(13), words: ['promote', 'hold', 'abort'] },
    ],
    [
      "for a person while CodeDeploy's hour runs, which begins with the first arrival",
      whyAt({ ...changed(arrived, { commands: held }), minute: 10 }),
      {
        for: 'a person: it is held with all traffic on green',
        deadline: atMinute(62),
        words: ['resume', 'abort'],
      },
    ],
    [
      'for the guard',
      whyAt({ ...guarded, minute: 15 }),
      { for: 'the end of the guard', until: atMinute(19), words: ['abort'] },
    ],
    [
      'for readings after the guard',
      whyAt({
        ...guardEnded,
        web: { ...guardEnded.web, equalReads: 2 },
        api: { ...guardEnded.api, equalReads: 7 },
        minute: 20,
      }),
      {
        for: 'the new revisions to be read 3 times in a row',
        progress: 'web 2, api 3',
        words: ['abort'],
      },
    ],
  ])('%s', (_, why, wanted) => {
    expect(why).toEqual(wanted);
  });

  describe('and says the truth where it said something else', () => {
    it('while AWS does not answer: the end of the bake decides nothing then', () => {
      const why = whyAt({ ...arrived, minute: 10 }, blind);

      expect(why).toMatchObject({
        for: 'AWS to answer: alarms or targets cannot be read',
        progress: 'the alarms could not be read: down',
        deadline: atMinute(40),
      });
    });

    it('while traffic is late: it rolls back at a moment, and goes on at none', () => {
      expect(whyAt({ ...travelling, minute: 8 })).toMatchObject({
        for: expect.stringContaining('all traffic of web'),
        deadline: atMinute(32),
      });
      expect(whyAt({ ...travelling, minute: 8 })).not.toHaveProperty('until');
    });

    it('while a deployment does not end whose target serves everybody: its old tasks drain', () => {
      const draining: Stand = {
        ...guardEnded,
        api: { ...guardEnded.api, equalReads: 4 },
        readWeb: { live: 'web:2', share: 100, forward: forward('d-web') },
        minute: 20,
      };

      expect(whyAt(draining)).toMatchObject({
        for: 'the deployment of web to end: old tasks still drain',
        deadline: atMinute(109),
      });
    });

    it('while a rollback runs: it counts readings only once there is nothing else to come', () => {
      const rolling = (read: Parameters<typeof reading>[0]) =>
        nextBack(
          record({
            decision: 'rollback',
            targets: [
              ecsRecord({
                launching: true,
                forward: 'd-1',
                equalReads: 1,
                lane: { live: 'mixed', share: 10, status: 'rolling back: InProgress' },
              }),
              lambdaRecord({ equalReads: 3 }),
            ],
          }),
          observation(10, { web: reading(read), api: reading({ live: '1' }) }),
        ).next;
      const lost = deployment({ status: 'Stopped', completedAt: atMinute(5) });

      expect(
        rolling({ live: 'mixed', forward: lost, back: deployment({ id: 'd-2' }) }),
      ).toMatchObject({
        why: {
          for: 'web to serve what users had before',
          progress: 'web rolling back: InProgress',
          words: [],
        },
      });
      expect(rolling({ live: 'web:1', forward: lost })).toMatchObject({
        why: {
          for: 'the old revisions to be read 3 times in a row',
          progress: 'web 1, api 3',
          words: [],
        },
      });
    });
  });

  it('for data after the bake where alarms have too little and the policy says extend', () => {
    const few = inconclusive(reason('too-few-requests', 'too few'));
    const baked = (insufficientData: 'extend' | 'proceed') =>
      whyAt({ ...withPolicy(arrived, { insufficientData }), minute: 20 }, few);

    expect(baked('extend')).toEqual({
      for: 'alarms that have enough data',
      deadline: atMinute(62),
      words: ['abort'],
    });
    expect(baked('proceed')).toMatchObject({ action: 'proceed', step: 'decide' });
  });
});

describe('the record', () => {
  it('keeps what the release waits for until it works again, and after the end it waits for nothing', () => {
    const why = ask(coming);
    const wait = why.action === 'wait' ? why.why : undefined;
    const waiting = withWait(record({ phase: 'Staging' }), wait);

    expect(waitOf(waiting)).toEqual(wait);
    expect(waitOf(withWait(waiting, undefined))).toBeUndefined();
    expect(waitOf({ ...waiting, end: 'Rejected' })).toBeUndefined();
  });

  it('of a release that asks nobody offers only orders that are taken', () => {
    const stands = [coming, travelling, { ...arrived, minute: 10 }, { ...guarded, minute: 15 }];
    for (const stand of stands) {
      const answer = ask(stand);
      if (answer.action !== 'wait') throw new Error(`${answer.phase} waits for nothing`);
      const there = record({ phase: answer.phase, ...stand.change });
      for (const command of answer.why.words) {
        if (command === 'approve' || command === 'reject') continue;
        const order = { releaseId: there.release, command, by: 'ada', reason: '' };

        expect([command, commandProblem(there, order)]).toEqual([command, undefined]);
      }
    }
  });
});
