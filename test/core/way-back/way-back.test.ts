import { describe, expect, it } from 'vitest';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { BARRIER, START } from '../../../core/drivers/codedeploy/events.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { type WayBack, wayBack } from '../../../core/way-back/way-back.ts';
import {
  atMinute,
  deployment,
  ecsRecord,
  held,
  lambdaRecord,
  momentAfter,
  reading,
  record,
} from '../fixture.ts';

interface Place {
  readonly kind?: 'lambda';
  readonly target?: Partial<TargetRecord>;
  readonly read: Partial<TargetObservation>;
  readonly hooks?: Parameters<typeof held>[];
}

const gone = { launching: true, forward: 'd-1' };
const lost = (minutesAgo: number, status = 'Stopped') =>
  deployment({ status, completedAt: atMinute(10 - minutesAgo) });
/** A step that was ordered an hour and a half before minute 10, when the rollback began. */
const ordered = (step: string) => ({
  backSince: momentAfter(-81),
  tried: { do: step, since: momentAfter(-81), at: momentAfter(9) },
});
const back = (change = {}) => deployment({ id: 'd-back', ...change });

const refusals = (step: string, times: number) =>
  Array.from({ length: times }, () => ({ do: step, why: 'no' }));

/** The step of a target's rollback at minute 10. */
const stepOf = ({ kind, target, read, hooks = [] }: Place): WayBack => {
  const known = (kind === 'lambda' ? lambdaRecord : ecsRecord)({ ...gone, ...target });
  return wayBack(
    record({ decision: 'rollback', targets: [known], hooks: hooks.map((one) => held(...one)) }),
    known,
    reading({ live: kind === 'lambda' ? '2' : 'web:2', ...read }),
    atMinute(10),
  );
};

describe('wayBack', () => {
  it.each<[string, Place, WayBack['do']]>([
    [
      'never launched',
      { target: { forward: undefined } as never, read: { live: 'web:1' } },
      'nothing',
    ],
    [
      'never launched, and moved by somebody else',
      { target: { forward: undefined } as never, read: { live: 'other' } },
      'nothing',
    ],
    ['seen on its old revision', { read: { live: 'web:1', forward: lost(5) } }, 'nothing'],
    [
      'ready, no user on it',
      { read: { live: 'web:1', forward: deployment({ status: 'Ready' }) } },
      'stop',
    ],
    ['shifting', { read: { live: 'mixed', forward: deployment() } }, 'stop'],
    [
      'in its termination wait',
      { read: { forward: deployment({ terminationWait: true }) } },
      'stop',
    ],
    [
      'in a status that nobody knows',
      { read: { forward: deployment({ status: 'Baking' }) } },
      'stop',
    ],
    ['held', { read: { forward: deployment() }, hooks: [['d-1', BARRIER]] }, 'answer-failed'],
    [
      'answered Failed a moment ago',
      {
        target: { backSince: momentAfter(9.5) },
        read: { forward: deployment() },
        hooks: [['d-1', BARRIER, { answer: 'Failed' }]],
      },
      'wait',
    ],
    [
      'answered Failed without effect',
      {
        target: { backSince: momentAfter(9) },
        read: { forward: deployment() },
        hooks: [['d-1', BARRIER, { answer: 'Failed' }]],
      },
      'stop',
    ],
    [
      'let go before',
      {
        read: { live: 'mixed', forward: deployment() },
        hooks: [['d-1', START, { answer: 'Succeeded' }]],
      },
      'stop',
    ],
    ['stopped, no rollback in sight yet', { read: { forward: lost(0.5) } }, 'wait'],
    [
      'old, but a rollback to somewhere may begin',
      { read: { live: 'web:1', forward: lost(0.5) } },
      'wait',
    ],
    ['stopped, and no rollback came', { read: { forward: lost(2) } }, 'redeploy'],
    ['being rolled back by CodeDeploy', { read: { forward: lost(2), back: back() } }, 'wait'],
    [
      'held at READY on its rollback',
      { read: { forward: lost(2), back: back({ status: 'Ready' }) } },
      'continue',
    ],
    [
      'back, but its deployment keeps the new tasks',
      { read: { live: 'web:1', forward: lost(2), back: back({ terminationWait: true }) } },
      'continue',
    ],
    [
      'not brought back by CodeDeploy',
      { read: { forward: lost(2), back: back({ status: 'Failed' }) } },
      'redeploy',
    ],
    [
      'succeeded, blue gone',
      { read: { forward: deployment({ status: 'Succeeded' }) } },
      'redeploy',
    ],
    [
      'tried three times',
      {
        target: { back: ['a', 'b', 'c'] },
        read: { forward: lost(2), back: back({ status: 'Failed' }) },
      },
      'give-up',
    ],
    [
      'a function that succeeded',
      { kind: 'lambda', read: { forward: deployment({ status: 'Succeeded' }) } },
      'redeploy',
    ],
    ['a split alias', { kind: 'lambda', read: { live: 'mixed', forward: lost(2) } }, 'restore'],
    [
      'a third version',
      {
        kind: 'lambda',
        read: {
          live: '7',
          forward: { ...lost(2), rollbackId: 'd-back' },
          back: back({ status: 'Succeeded' }),
        },
      },
      'restore',
    ],
    [
      'still going, an hour and a half after the step that should end it',
      { target: ordered('stop'), read: { forward: deployment() } },
      'give-up',
    ],
    [
      'still going after an hour and a half, and nobody has ordered it to stop',
      { target: { backSince: momentAfter(-81) }, read: { forward: deployment() } },
      'stop',
    ],
    [
      'stopped after an hour and a half, and never deployed back',
      { target: ordered('stop'), read: { forward: lost(5) } },
      'redeploy',
    ],
    [
      'still on its way after an hour and a half',
      { target: ordered('redeploy'), read: { forward: lost(5), back: back() } },
      'give-up',
    ],
    [
      'back, after an hour and a half',
      { target: { backSince: momentAfter(-81) }, read: { live: 'web:1', forward: lost(5) } },
      'nothing',
    ],
  ])('of a target that is %s', (_, place, expected) => {
    expect(stepOf(place).do).toBe(expected);
  });

  it('answers every hook of the deployment that is not answered yet, and no other', () => {
    const step = stepOf({
      kind: 'lambda',
      read: { forward: deployment() },
      hooks: [
        ['d-1', START, { answer: 'Succeeded' }],
        ['d-1', BARRIER],
        ['d-other', BARRIER],
      ],
    });
    expect(step).toEqual({ do: 'answer-failed', hooks: [held('d-1', BARRIER)] });
  });

  it('ends the wait that is there: the one before traffic, or the one that keeps tasks', () => {
    const at = (change: object) => stepOf({ read: { forward: lost(2), back: back(change) } });
    expect(at({ status: 'Ready' })).toEqual({
      do: 'continue',
      deploymentId: 'd-back',
      wait: 'start',
    });
    expect(at({ terminationWait: true })).toEqual({
      do: 'continue',
      deploymentId: 'd-back',
      wait: 'guard',
    });
  });

  it('waits while somebody else is deploying to the target', () => {
    const read = { live: 'mixed', forward: deployment({ status: 'Succeeded' }) };
    expect(stepOf({ kind: 'lambda', read: { ...read, foreign: 'd-9' } }).do).toBe('wait');
    expect(stepOf({ kind: 'lambda', read }).do).toBe('restore');
  });

  it('counts a rollback that was refused as a try', () => {
    const read = { forward: lost(2), back: back({ status: 'Failed' }) };
    const refused = refusals('redeploy', 2);
    expect(stepOf({ target: { back: [], refused }, read }).do).toBe('redeploy');
    expect(stepOf({ target: { back: ['a'], refused }, read }).do).toBe('give-up');
    expect(stepOf({ target: { refused: refusals('stop', 3) }, read }).do).toBe('redeploy');
  });

  it('gives a deployment up that waits at READY and may not be stopped; one that moves comes to a hook', () => {
    const at = (status: string, times: number) =>
      stepOf({
        target: { refused: refusals('stop', times) },
        read: { live: 'web:1', forward: deployment({ status }) },
      }).do;
    expect(at('Ready', 2)).toBe('stop');
    expect(at('Ready', 3)).toBe('give-up');
    expect(at('InProgress', 3)).toBe('stop');
  });

  it('follows a deployment that rolls back by itself, and never stops it', () => {
    const forward = { ...deployment(), state: 'rolling-back' } as const;

    expect(stepOf({ read: { forward } }).do).toBe('wait');
    expect(stepOf({ read: { forward: { ...forward, state: 'rolled-back' } } }).do).toBe('redeploy');
  });

  it('gives a rollback up that may not be continued', () => {
    const at = (times: number) =>
      stepOf({
        target: { refused: refusals('continue start', times) },
        read: { forward: lost(2), back: back({ status: 'Ready' }) },
      }).do;
    expect(at(2)).toBe('continue');
    expect(at(3)).toBe('give-up');
  });

  it('stops a deployment whose hooks may not be answered', () => {
    const read = { forward: deployment() };
    const refused = refusals('answer-failed', 1);
    expect(stepOf({ target: { refused }, read, hooks: [['d-1', BARRIER]] }).do).toBe('stop');
  });

  it('numbers its deployments', () => {
    const read = { forward: lost(2), back: back({ status: 'Failed' }) };
    expect(stepOf({ read })).toEqual({ do: 'redeploy', attempt: 1 });
    expect(stepOf({ target: { back: ['a', 'b'] }, read })).toEqual({ do: 'redeploy', attempt: 3 });
  });
});
