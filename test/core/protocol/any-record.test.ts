import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { next } from '../../../core/protocol/next.ts';
import { watchSeconds } from '../../../core/protocol/phases/view.ts';
import { ReleaseRecord } from '../../../core/record/record.ts';
import { situations } from '../arbitrary.ts';
import { alarmsSay, policy, record } from '../fixture.ts';
import { frozen } from '../model/frozen.ts';

describe('watchSeconds', () => {
  it.each([
    [5, 60],
    [1440, 350],
  ])('with a guard of %i minutes is %i', (guardMinutes, expected) => {
    const { curve } = record();
    expect(watchSeconds({ curve, policy: policy({ guardMinutes, bakeMinutes: 10 }) })).toBe(
      expected,
    );
  });
});

describe('next, for any valid record', () => {
  it('is given valid records by this test', () => {
    fc.assert(
      fc.property(situations, ({ record }) => {
        expect(ReleaseRecord.safeParse(record).error).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('always answers, twice the same, and changes nothing', () => {
    fc.assert(
      fc.property(situations, ({ record, observation, alarms }) => {
        frozen(record);
        frozen(observation);
        const answer = next(record, observation, alarmsSay(alarms));
        expect(isDeepStrictEqual(answer, next(record, observation, alarmsSay(alarms)))).toBe(true);
        if (answer.action === 'wait') {
          expect(answer.seconds).toBeGreaterThanOrEqual(1);
          expect(Number.isInteger(answer.seconds)).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('never promotes or closes over a red alarm, a lost deployment, an abort or a rollback', () => {
    fc.assert(
      fc.property(situations, ({ record, observation, alarms }) => {
        const answer = next(record, observation, alarmsSay(alarms));
        const lost = Object.values(record.targets).some(({ name, unchanged }) => {
          return !unchanged && observation.targets[name]?.forward?.state === 'lost';
        });
        const red = alarms.verdict === 'fail' && !record.times.guardEnded;
        const mustGoBack = lost || red || record.commands.abort !== undefined;
        if (record.decision === 'rollback' && !record.takenBack)
          expect(answer.action).toBe('rollback');
        if (record.decision !== 'rollback' && mustGoBack) expect(answer.action).toBe('rollback');
      }),
      { numRuns: 3000 },
    );
  });
});
