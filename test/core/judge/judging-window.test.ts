import { describe, expect, it } from 'vitest';
import { isJudged, standingVote } from '../../../core/judge/judging-window.ts';
import { vote } from '../../../core/record/vote.ts';
import { reason } from '../../../core/release/reason.ts';
import { inconclusive, pass } from '../../../core/release/verdict.ts';
import { seconds } from '../../../core/text/time.ts';
import { atMinute, momentAfter, record } from '../fixture.ts';

const unsure = vote('judge', inconclusive(reason('too-little-data', 'green had 12 requests')));

/** A release that polled some seconds after minute 5; its users meet green since minute 2. */
const polledAt = (second: number, by = unsure, machine: 'release' | 'rollback' = 'release') =>
  record({
    times: { shifted: momentAfter(2) },
    look: {
      machine,
      observation: { now: atMinute(5) + seconds(second) },
      votes: [vote('alarms', pass), by],
    },
  });

describe('the vote of the last poll', () => {
  it('stands until the figures of another minute can be read', () => {
    expect(standingVote(polledAt(20), atMinute(6) + seconds(14))).toEqual(unsure);
    expect(standingVote(polledAt(20), atMinute(6) + seconds(15))).toBeUndefined();
    expect(standingVote(polledAt(10), atMinute(5) + seconds(15))).toBeUndefined();
  });

  it('does not stand where the figures could not be read', () => {
    const unread = vote('judge', inconclusive(reason('figures-unread', 'throttled')));

    expect(standingVote(polledAt(20, unread), atMinute(5) + seconds(30))).toBeUndefined();
  });

  it('does not stand where users had not met green yet, or before the first poll', () => {
    const { times: _, ...early } = polledAt(20);
    const shiftedLater = {
      ...early,
      times: { started: momentAfter(0), shifted: momentAfter(5.5) },
    };

    expect(standingVote(shiftedLater, atMinute(5) + seconds(40))).toBeUndefined();
    expect(standingVote(record({}), atMinute(5))).toBeUndefined();
    expect(standingVote(polledAt(20, unsure, 'rollback'), atMinute(5.5))).toBeUndefined();
  });
});

it('judges nothing after the guard, when no vote counts any more', () => {
  const times = { shifted: momentAfter(2), decided: momentAfter(10) };

  expect(isJudged(record({ decision: 'promote', times }), atMinute(12))).toBe(true);
  expect(
    isJudged(
      record({ decision: 'promote', times: { ...times, guardEnded: momentAfter(11) } }),
      atMinute(12),
    ),
  ).toBe(false);
});
