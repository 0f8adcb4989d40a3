import { describe, expect, it } from 'vitest';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { outdated } from '../../../core/deployments/outdated.ts';
import { reason } from '../../../core/release/reason.ts';
import { nextBack } from '../../../core/way-back/way-back.ts';
import {
  atMinute,
  codesOf,
  deployment,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  observation,
  reading,
  record,
} from '../fixture.ts';

const launched = (change = {}) => ({ launching: true, forward: 'd-1', ...change });
const succeeded = deployment({ status: 'Succeeded', completedAt: atMinute(20) });
const stopped = deployment({ status: 'Stopped', completedAt: atMinute(20) });
const undecided = [reason('execution-ended', 'the execution was stopped')];

type Readings = Readonly<Record<string, Partial<TargetObservation>>>;

const at = (minute: number, readings: Readings) =>
  observation(
    minute,
    Object.fromEntries(Object.entries(readings).map(([name, one]) => [name, reading(one)])),
  );

const pair = (change = {}) =>
  record({
    decision: 'rollback',
    reasons: undecided,
    targets: [ecsRecord(launched(change)), lambdaRecord(launched(change))],
  });

const both = (forward: TargetObservation['forward']): Readings => ({
  web: { live: 'web:2', forward: forward! },
  api: { live: '2', forward: forward! },
});

describe('a record that is older than its deployments', () => {
  it('is one whose release somebody came after', () => {
    const later = { release: 'winter', id: 'd-9' };
    const readings = { ...both(stopped), api: { live: '2', forward: stopped, later } };

    expect(outdated(pair(), at(30, readings))).toContain('release winter was deployed after it');
  });

  it('is one that recovery found undecided, though every deployment has succeeded', () => {
    expect(outdated(pair(), at(30, both(succeeded)))).toContain('no decision to promote');
    const decided = { ...pair(), reasons: [reason('alarm-red', 'red')] };
    expect(outdated(decided, at(30, both(succeeded)))).toBeUndefined();
  });

  it('counts the deployments that it knows of', () => {
    const staged = record({
      decision: 'rollback',
      reasons: undecided,
      targets: [ecsRecord(launched()), lambdaRecord()],
    });

    expect(outdated(staged, at(30, both(succeeded)))).toContain('no decision to promote');
  });

  it('is none while one of its deployments has not succeeded, or could not be read', () => {
    const { web, api } = both(succeeded);

    expect(outdated(pair(), at(30, { web: web!, api: { ...api!, forward: stopped } }))).toBe(
      undefined,
    );
    expect(outdated(pair(), at(30, { api: api! }))).toBeUndefined();
    expect(outdated(record({ decision: 'rollback', reasons: undecided }), at(30, {}))).toBe(
      undefined,
    );
  });

  it('is one whose rollback begins hours after everything had succeeded', () => {
    const red = { ...pair(), reasons: [reason('alarm-red', 'red')] };

    expect(outdated(red, at(20 + 364, both(succeeded)))).toBeUndefined();
    expect(outdated(red, at(20 + 366, both(succeeded)))).toContain('hours before');
    const long = { ...pair({ backSince: momentAfter(30) }), reasons: red.reasons };
    expect(outdated(long, at(600, both(succeeded)))).toBeUndefined();
  });
});

describe('the rollback of an outdated record', () => {
  it('moves nothing, and tells a person of every target that is not where it came from', () => {
    const { record: after, next } = nextBack(pair(), at(30, both(succeeded)));

    expect(next).toEqual({ action: 'proceed', step: 'close-release' });
    expect(after.takenBack).toBe('stuck');
    expect(after.outdated).toContain('no decision to promote');
    expect(codesOf(after.reasons)).toEqual([
      'execution-ended',
      'record-outdated',
      'record-outdated',
    ]);
  });

  it('is over where everything serves the old revision already', () => {
    const readings = { web: { live: 'web:1', forward: succeeded }, api: { live: '1' } };
    const isBack = pair({ equalReads: 3 });

    expect(nextBack(isBack, at(30, readings)).record.takenBack).toBe('back');
  });
});
