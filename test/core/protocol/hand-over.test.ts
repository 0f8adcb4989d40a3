import { describe, expect, it } from 'vitest';
import {
  MOST_ROUNDS,
  withHandOver,
  withNewOwner,
  withRound,
} from '../../../core/protocol/hand-over.ts';
import { record } from '../fixture.ts';

/** Step Functions ends an execution with its 25,000th event. */
const LONGEST_HISTORY = 25_000;
/** Events of the longest round, one of an earlier machine: CheckAlarms, AnalyzeMetrics and Observe 5 each, Act 2, Listen 6. Of one look at the turn: 6. */
const ROUND = 23;
const TURN = 6;

describe('an execution that has had its rounds', () => {
  const long = record({ rounds: MOST_ROUNDS });

  it('hands its release over while there is nothing to do but wait', () => {
    expect(withHandOver(long, { action: 'wait' }).handingOver).toBe(true);
  });

  it.each(['proceed', 'ask', 'rollback'] as const)(
    'first does what is to be done: %s, also if an earlier try of the same look would have handed over',
    (action) => {
      expect(withHandOver(long, { action }).handingOver).toBeUndefined();
      expect(withHandOver({ ...long, handingOver: true }, { action }).handingOver).toBeUndefined();
    },
  );

  it('has used at most half of its history, and eight days of waiting for the turn', () => {
    const turns = (8 * 24 * 3600) / 900;

    expect(MOST_ROUNDS * ROUND + turns * TURN).toBeLessThan(0.6 * LONGEST_HISTORY);
  });

  it('is counted round by round, and the fresh one begins at zero', () => {
    const first = withRound(record());
    const second = withRound(first);

    expect([first.rounds, second.rounds]).toEqual([1, 2]);
    expect(withNewOwner({ ...second, handingOver: true }, 'execution-2')).toEqual(
      record({ owner: 'execution-2' }),
    );
  });
});
