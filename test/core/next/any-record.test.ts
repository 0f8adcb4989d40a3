import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { next } from '../../../core/next.ts';
import { LONGEST_WATCH, watchSeconds } from '../../../core/phases/view.ts';
import { ReleaseRecord } from '../../../core/record.ts';
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

describe('the history of the longest release', () => {
  /** Events of one round: CheckAlarms 5, Observe 5, Act 2, Listen 6. Of one look at the turn: 6. */
  const ROUND = 18;
  const TURN = 6;
  /** Step Functions ends an execution with its 25,000th event. */
  const LONGEST_HISTORY = 25_000;

  it('ends before that of Step Functions does, whatever the policy', () => {
    const longest = policy({
      approval: 'required',
      approvalMinutes: 7140,
      guardMinutes: 1440,
      bakeMinutes: 40,
      readyMinutes: 120,
      busyMinutes: 120,
    });
    const stretches = 3; // people are asked, people hold, the plan itself
    const turns = (8 * 24 * 3600) / 900;
    const minutely = longest.readyMinutes + 2 * longest.busyMinutes;

    expect(stretches * LONGEST_WATCH * ROUND + turns * TURN + minutely * ROUND).toBeLessThan(
      LONGEST_HISTORY,
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
          const status = observation.targets[name]?.forward?.status;
          return !unchanged && (status === 'Failed' || status === 'Stopped');
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
