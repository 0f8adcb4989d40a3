import { displaced, queued } from '../../core/protocol/queueing.ts';
import { type Asked, askForTurn, outdatedBehind } from '../../core/protocol/turn.ts';
import { goesBack } from '../../core/release/intent.ts';
import { TakeTurn } from '../../core/steps/take-turn.ts';
import { logger } from '../function/log.ts';
import { step } from '../function/step.ts';
import { isRunning } from '../releases/executions.ts';
import { complete } from '../releases/signal.ts';
import { changeRelease, readRelease, tryRelease } from '../table/releases.ts';
import { changeTurn, readTurn } from '../table/turns.ts';

/** Whether the owner of the turn is gone for good: its execution has ended and so has its release. */
const isGone = async (pair: string, owner: { release: string; execution: string } | undefined) => {
  if (!owner) return false;
  const { record } = await tryRelease(pair, owner.release);
  return record?.end !== undefined && !(await isRunning(owner.execution));
};

/** Gives a release its reason before its token ends it. */
const supersede = (pair: string, release: string, newer: string, now: string) =>
  changeRelease(pair, release, (record) => displaced(record, newer), {
    at: now,
    fact: () => ({ kind: 'superseded', data: { by: newer } }),
  });

/** A release that a person has aborted asks for nothing any more, and one that has ended, whose step comes late, even less; closing it gives its place up. */
const leave = async (token: string) => {
  await complete(token, { turn: 'aborted' });
  return { turn: 'aborted' as const };
};

/** One release per pair: completes the token when it is this one's turn, or at once when a newer one waits. */
export const handler = step(TakeTurn, async ({ pair, release, execution, token, now }) => {
  const record = await readRelease(pair, release);
  const { times, phase, commands } = record;
  if (commands.abort || record.end) return leave(token);
  const { owner } = await readTurn(pair);
  const gone = await isGone(pair, owner);

  let asked: Asked | undefined;
  await changeTurn(pair, (turn) => {
    const ownerGone = gone && turn.owner?.release === owner?.release;
    const back = goesBack(record) ? { goesBack: true as const } : {};
    const asker = { release, execution, since: times.started, token, ...back };
    asked = askForTurn(turn, asker, ownerGone);
    return asked.turn;
  });
  const { outcome, displaced: other } = asked!;

  if (other) {
    await supersede(pair, other.release, release, now);
    await complete(other.token, { turn: 'superseded' });
  }
  if (outcome === 'superseded') {
    const rival = asked!.turn.waiting?.goesBack ? 'A rollback' : 'A newer release';
    await supersede(pair, release, rival, now);
  }
  const behind = outdatedBehind(asked!.turn, { release, since: times.started }, owner?.release);
  if (outcome === 'waiting' || (outcome === 'taken' && behind !== undefined)) {
    const first = outcome === 'waiting' ? owner?.release : behind;
    const after = await changeRelease(pair, release, queued, {
      at: now,
      fact: () => ({ kind: 'queued', data: first === undefined ? {} : { behind: first } }),
    });
    // Ordered while it took its place: whoever ordered did not find it there.
    if (after.commands.abort) return leave(token);
  }
  const waited = phase === 'Waiting' || behind !== undefined;
  const turn = outcome === 'taken' && waited ? ('handed' as const) : outcome;
  if (turn !== 'waiting') await complete(token, { turn });
  logger.info('turn asked for', { release, turn });
  return { turn };
});
