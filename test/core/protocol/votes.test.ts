import { describe, expect, it } from 'vitest';
import { next } from '../../../core/protocol/next.ts';
import { type Vote, vote } from '../../../core/record/vote.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, inconclusive, pass } from '../../../core/release/verdict.ts';
import {
  codesOf,
  deployment,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  observation,
  policy,
  reading,
  record,
} from '../fixture.ts';

type Change = Omit<NonNullable<Parameters<typeof record>[0]>, 'targets'>;

const red = vote('alarms', fail(reason('alarm-red', 'It is red')));
const unsure = vote('alarms', inconclusive(reason('too-little-data', 'Nothing to see')));
const calm = vote('alarms', pass);
const abort = { commands: { abort: { by: 'ada', reason: 'wrong day' } } };

/** Codes of the reasons to roll back; undefined when the release goes on. */
const against = (votes: readonly Vote[], change: Change = {}, forward = {}) => {
  const answer = next(
    record({ ...change, targets: [ecsRecord({ forward: 'd-1' })] }),
    observation(1, { web: reading({ forward: deployment(forward) }) }),
    votes,
  );
  return answer.action === 'rollback' ? codesOf(answer.reasons) : undefined;
};

describe('a decision', () => {
  it("needs nobody's vote to go on", () => {
    expect(against([])).toBeUndefined();
    expect(against([calm])).toBeUndefined();
  });

  it('hears every step that votes, and takes its reasons in their order', () => {
    const judge = vote('alarms', fail(reason('too-little-time', 'Green is worse')));
    expect(against([calm, red])).toEqual(['alarm-red']);
    expect(against([red, judge])).toEqual(['alarm-red', 'too-little-time']);
    expect(against([judge, red])).toEqual(['too-little-time', 'alarm-red']);
  });

  it('does not take one who cannot say for one who is against', () => {
    expect(against([unsure])).toBeUndefined();
  });

  it('hears people first, and targets last', () => {
    expect(against([red], abort, { status: 'Failed' })).toEqual([
      'aborted',
      'alarm-red',
      'deployment-failed',
    ]);
  });

  it('hears steps until the guard has ended, and people always', () => {
    const ended = { times: { guardEnded: momentAfter(1) } };
    expect(against([red], ended)).toBeUndefined();
    expect(against([red], { ...ended, ...abort })).toEqual(['aborted']);
  });

  it('hears people and targets, but no step, when it rolls back from what made alarms red', () => {
    const back = { intent: 'rollback' } as const;
    expect(against([red, unsure], back)).toBeUndefined();
    expect(against([red], { ...back, ...abort })).toEqual(['aborted']);
    expect(against([red], back, { status: 'Failed' })).toEqual(['deployment-failed']);
  });

  it('hears from CodeDeploy of a red alarm only when no step has said so', () => {
    const stopped = { status: 'Stopped', error: { code: 'ALARM_ACTIVE', message: 'red' } };
    expect(against([red], {}, stopped)).toEqual(['alarm-red']);
    expect(against([calm], {}, stopped)).toEqual(['alarm-red']);
  });

  it('says who aborted and why', () => {
    const answer = next(record(abort), observation(1, {}), [calm]);
    expect(answer).toMatchObject({
      action: 'rollback',
      reasons: [{ text: 'ada aborted the release: wrong day' }],
    });
  });
});

describe('the end of the bake', () => {
  const baked = (votes: readonly Vote[]) =>
    next(
      record({
        alarmsSeen: momentAfter(20),
        policy: policy({ insufficientData: 'rollback' }),
        times: { shifted: momentAfter(0), held: momentAfter(5) },
        targets: [lambdaRecord({ forward: 'd-1', shifted: true, arrivedAt: momentAfter(5) })],
      }),
      observation(20, { api: reading({ live: '2', share: 100, forward: deployment() }) }),
      votes,
    );

  it('asks every voter whether it knows enough', () => {
    expect(baked([calm, calm])).toMatchObject({ action: 'proceed', step: 'decide' });
    expect(baked([calm, unsure])).toMatchObject({
      action: 'rollback',
      reasons: [{ code: 'too-little-data' }],
    });
  });
});
