import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askForTurn,
  leaveTurn,
  outdatedBehind,
  stuckBehind,
  type Turn,
  type WaitingPlace,
  withEnd,
} from '../../../core/protocol/turn.ts';
import { momentAfter } from '../fixture.ts';

/** The release that started so many minutes after the first. */
const place = (minute: number, token = `token-${minute}`): WaitingPlace => ({
  release: `r-${minute}`,
  execution: `e-${minute}`,
  since: momentAfter(minute),
  token,
});
const back = (minute: number): WaitingPlace => ({ ...place(minute), goesBack: true });
const owner = (minute: number) => {
  const { token: _, ...rest } = place(minute);
  return rest;
};

describe('askForTurn', () => {
  it.each<[string, Turn, number, boolean, string, Turn]>([
    ['a free turn is taken', {}, 1, false, 'taken', { owner: owner(1) }],
    [
      'behind an owner it waits',
      { owner: owner(1) },
      2,
      false,
      'waiting',
      { owner: owner(1), waiting: place(2) },
    ],
    [
      'the owner has it already',
      { owner: owner(1), waiting: place(2) },
      1,
      false,
      'taken',
      { owner: owner(1), waiting: place(2) },
    ],
    [
      'a newer one takes the waiting place',
      { owner: owner(1), waiting: place(2) },
      3,
      false,
      'waiting',
      { owner: owner(1), waiting: place(3) },
    ],
    [
      'an older one does not',
      { owner: owner(1), waiting: place(3) },
      2,
      false,
      'superseded',
      { owner: owner(1), waiting: place(3) },
    ],
    [
      'one that started before the owner is superseded',
      { owner: owner(2) },
      1,
      false,
      'superseded',
      { owner: owner(2) },
    ],
    [
      'the turn of one that is gone is taken over',
      { owner: owner(1) },
      2,
      true,
      'taken',
      { owner: owner(2) },
    ],
    [
      'the one that waits takes it over',
      { owner: owner(1), waiting: place(2) },
      2,
      true,
      'taken',
      { owner: owner(2) },
    ],
    [
      'a newer one takes it over before the one that waits',
      { owner: owner(1), waiting: place(2) },
      3,
      true,
      'taken',
      { owner: owner(3) },
    ],
  ])('%s', (_, turn, minute, ownerGone, outcome, left) => {
    expect(askForTurn(turn, place(minute), ownerGone)).toMatchObject({ outcome, turn: left });
  });

  it.each<[string, Turn, WaitingPlace, string, string | undefined]>([
    ['keeps its place before a newer release', { waiting: back(2) }, place(3), 'superseded', 'r-2'],
    ['gives it to a newer one that rolls back', { waiting: back(2) }, back(3), 'waiting', 'r-3'],
    ['takes that of a newer release', { waiting: place(3) }, back(2), 'waiting', 'r-2'],
    [
      'does not take that of a newer one of its kind',
      { waiting: back(3) },
      back(2),
      'superseded',
      'r-3',
    ],
  ])('a release that rolls back %s', (_, turn, asker, outcome, waiting) => {
    const asked = askForTurn({ owner: owner(1), ...turn }, asker, false);
    expect([asked.outcome, asked.turn.waiting?.release]).toEqual([outcome, waiting]);
  });

  it('names the release that lost its place, so that it can be told', () => {
    const turn = { owner: owner(1), waiting: place(2) };
    expect(askForTurn(turn, place(3), false).displaced).toEqual(place(2));
    expect(askForTurn(turn, place(3), true).displaced).toEqual(place(2));
    expect(askForTurn(turn, place(2), true).displaced).toBeUndefined();
  });

  it('keeps the place of one that asks again, under its new token', () => {
    const { turn, outcome } = askForTurn(
      { owner: owner(1), waiting: place(2) },
      place(2, 'new'),
      false,
    );
    expect({ turn, outcome }).toEqual({
      turn: { owner: owner(1), waiting: place(2, 'new') },
      outcome: 'waiting',
    });
  });
});

describe('leaveTurn', () => {
  it('hands the turn to the one that waits', () => {
    const left = leaveTurn({ owner: owner(1), waiting: place(2) }, 'r-1');
    expect(left).toEqual({ turn: { owner: owner(2) }, next: place(2) });
  });

  it('frees the turn when nobody waits, and the waiting place when it is left', () => {
    expect(leaveTurn({ owner: owner(1) }, 'r-1')).toEqual({ turn: {} });
    expect(leaveTurn({ owner: owner(1), waiting: place(2) }, 'r-2')).toEqual({
      turn: { owner: owner(1) },
    });
  });

  it('changes nothing for one that holds no place, also when it leaves twice', () => {
    const turn = { owner: owner(2), waiting: place(3) };
    expect(leaveTurn(turn, 'r-1')).toEqual({ turn });
    expect(leaveTurn({}, 'r-1')).toEqual({ turn: {} });
  });
});

describe('a release that needs attention', () => {
  const turn = withEnd({}, { release: 'r-1', end: 'NeedsAttention' }, momentAfter(5));

  it.each([
    ['one that started before it ended', 4, false, 'r-1'],
    ['one that a push started afterwards', 6, true, 'r-1'],
    ['one that a person started afterwards', 6, false, undefined],
  ])('stops, or lets pass: %s', (_, minute, byEvent, behind) => {
    const { release, since } = place(minute);
    expect(stuckBehind(turn, { release, since, byEvent })).toBe(behind);
  });

  it('is remembered while others ask and leave, until one of them is promoted', () => {
    const { turn: asked } = askForTurn(turn, place(6), false);
    const { turn: left } = leaveTurn(asked, 'r-6');

    expect(withEnd(left, { release: 'r-6', end: 'RolledBack' }, momentAfter(9))).toEqual({
      ...turn,
      left: momentAfter(9),
    });
    expect(withEnd(left, { release: 'r-6', end: 'Promoted' }, momentAfter(9))).toEqual({
      left: momentAfter(9),
    });
  });

  it('does not stand in its own way when it is closed again', () => {
    const { release, since } = place(1);
    expect(stuckBehind(turn, { release, since, byEvent: true })).toBeUndefined();
  });
});

describe('what a release saw before its turn is out of date', () => {
  const left: Turn = { owner: owner(2), left: momentAfter(3) };
  const stuck: Turn = { ...left, attention: { release: 'r-1', since: momentAfter(3) } };

  it.each<[string, Turn, number, string | undefined, string | undefined]>([
    ['when a release left after it had started', left, 2, 'r-1', 'r-1'],
    ['when nobody knows which one left', left, 2, undefined, 'a release that has just left'],
    ['not when it left before', left, 4, 'r-1', undefined],
    ['not when it had the turn already', left, 2, 'r-2', undefined],
    ['not when none has ever left', { owner: owner(2) }, 2, undefined, undefined],
    ['when one ended in need of attention meanwhile', stuck, 2, 'r-2', 'r-1'],
  ])('%s', (_, turn, minute, had, behind) => {
    const { release, since } = place(minute);
    expect(outdatedBehind(turn, { release, since }, had)).toBe(behind);
  });
});

describe('the turn of a pair', () => {
  const acts = fc.array(
    fc.record({ act: fc.constantFrom('ask', 'leave', 'die'), minute: fc.nat({ max: 6 }) }),
    { maxLength: 40 },
  );

  it('has one owner, loses nobody, and gives no place to a release beside a newer one', () => {
    fc.assert(
      fc.property(acts, (list) => {
        let turn: Turn = {};
        const waits = new Set<string>();
        const over = new Set<string>();
        const dead = new Set<string>();
        for (const { act, minute } of list) {
          const one = place(minute);
          if (act === 'die' && turn.owner?.release === one.release) dead.add(one.release);
          if (act === 'leave') {
            const left = leaveTurn(turn, one.release);
            turn = left.turn;
            if (left.next) waits.delete(left.next.release);
            over.add(one.release);
            waits.delete(one.release);
          }
          if (act === 'ask' && !over.has(one.release) && !dead.has(one.release)) {
            const holders = [turn.owner, turn.waiting];
            const asked = askForTurn(turn, one, dead.has(turn.owner?.release ?? ''));
            turn = asked.turn;
            if (asked.outcome !== 'superseded' && holders[0]?.release !== one.release) {
              expect(holders.every((other) => !other || other.since <= one.since)).toBe(true);
            }
            if (asked.displaced) {
              waits.delete(asked.displaced.release);
              over.add(asked.displaced.release);
            }
            if (asked.outcome === 'waiting') waits.add(one.release);
            if (asked.outcome === 'superseded') {
              over.add(one.release);
              waits.delete(one.release);
            }
            if (asked.outcome === 'taken') {
              waits.delete(one.release);
              expect(turn.owner?.release).toBe(one.release);
            }
          }
          expect([...waits]).toEqual(turn.waiting ? [turn.waiting.release] : []);
          expect(turn.waiting?.release).not.toBe(turn.owner?.release ?? 'nobody');
        }
      }),
      { numRuns: 3000 },
    );
  });
});
