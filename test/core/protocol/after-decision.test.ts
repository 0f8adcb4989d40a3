import { describe, expect, it } from 'vitest';
import { BARRIER } from '../../../core/drivers/codedeploy/events.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail } from '../../../core/release/verdict.ts';
import { held, momentAfter } from '../fixture.ts';
import {
  answered,
  ask,
  changed,
  decided,
  forward,
  guardEnded,
  guarded,
  lineOf,
  type Stand,
} from './stands.ts';

describe('next, after the decision', () => {
  it.each<[string, Stand, string]>([
    ['answers the barriers', decided, 'Guarding: answer-target'],
    [
      'answers the barrier that is left',
      changed(decided, { hooks: [answered[0]!, held('d-api', BARRIER)] }),
      'Guarding: answer-target',
    ],
    [
      'believes the hooks, should the guard have begun without them',
      changed(guarded, { hooks: [answered[0]!, held('d-api', BARRIER)] }),
      'Guarding: answer-target',
    ],
    ['guards', { ...guarded, minute: 15 }, 'Guarding: wait 60'],
    ['ends the guard', { ...guarded, minute: 19 }, 'Guarding: answer-target'],
    [
      'ends the guard only once blue is being kept',
      { ...guarded, readWeb: { ...guarded.readWeb, forward: forward('d-web') }, minute: 19 },
      'Guarding: wait 5',
    ],
    [
      'does not wait for that for ever',
      { ...guarded, readWeb: { ...guarded.readWeb, forward: forward('d-web') }, minute: 34 },
      'Guarding: answer-target',
    ],
    [
      'ends the guard until CodeDeploy has taken the word',
      { ...guardEnded, web: { ...guardEnded.web, unguarded: undefined }, minute: 20 },
      'Guarding: answer-target',
    ],
    ['ends the guard once', { ...guardEnded, minute: 20 }, 'Guarding: wait 5'],
    [
      'looks at the alarms once more before it ends the guard',
      { ...changed(guarded, { alarmsSeen: momentAfter(18.8) }), minute: 19.1 },
      'Guarding: wait 1',
    ],
    [
      'says it again to a deployment that still keeps blue',
      { ...guardEnded, web: { ...guardEnded.web, unguarded: momentAfter(19) }, minute: 20.1 },
      'Guarding: answer-target',
    ],
    [
      'waits for old tasks that drain, while users are on the new revision',
      {
        ...guardEnded,
        api: { ...guardEnded.api, equalReads: 9 },
        readWeb: { live: 'web:2', share: 100, forward: forward('d-web') },
        minute: 20,
      },
      'Guarding: wait 15',
    ],
    [
      'waits for them no longer than a watch interval',
      {
        ...guardEnded,
        api: { ...guardEnded.api, equalReads: 9 },
        readWeb: { live: 'web:2', share: 100, forward: forward('d-web') },
        minute: 60,
      },
      'Guarding: wait 60',
    ],
    [
      'closes after three equal readings of every target',
      {
        ...guardEnded,
        web: { ...guardEnded.web, equalReads: 3 },
        api: { ...guardEnded.api, equalReads: 3 },
        minute: 20,
      },
      'Guarding: close-release',
    ],
    [
      'is not content with one target',
      { ...guardEnded, api: { ...guardEnded.api, equalReads: 9 }, minute: 20 },
      'Guarding: wait 15',
    ],
    [
      'rolls back when the new revision is not seen live',
      {
        ...guardEnded,
        api: { ...guardEnded.api, equalReads: 9 },
        readWeb: { live: 'web:1', share: 0, forward: forward('d-web', 'Succeeded') },
        minute: 34,
      },
      'RollingBack: traffic-not-moved',
    ],
    [
      'rolls back when a side fails in the guard',
      { ...guarded, readWeb: { live: 'web:1', forward: forward('d-web', 'Stopped') }, minute: 15 },
      'RollingBack: deployment-stopped',
    ],
  ])('%s', (_, stand, line) => {
    expect(lineOf(ask(stand))).toBe(line);
  });

  it('heeds alarms until the guard has ended, and no longer', () => {
    const red = fail(reason('alarm-red', 'Alarm web-errors is red'));
    expect(lineOf(ask({ ...guarded, minute: 15 }, red))).toBe('RollingBack: alarm-red');
    expect(lineOf(ask({ ...guardEnded, minute: 20 }, red))).toBe('Guarding: wait 5');
  });

  it('rolls back once that is decided, and closes when the rollback has been walked', () => {
    const back = { decision: 'rollback', reasons: [reason('alarm-red', 'It was red')] } as const;
    expect(lineOf(ask({ change: { ...back, reasons: [...back.reasons] } }))).toBe(
      'RollingBack: alarm-red',
    );
    expect(lineOf(ask({ change: { ...back, reasons: [], takenBack: 'stuck' } }))).toBe(
      'RollingBack: close-release',
    );
  });

  it('closes a release that has ended, and one that has nothing to move', () => {
    expect(lineOf(ask({ change: { end: 'Promoted' } }))).toBe('Ended: close-release');
    expect(lineOf(ask({ web: { unchanged: true }, api: { unchanged: true } }))).toBe(
      'Preparing: close-release',
    );
  });
});
