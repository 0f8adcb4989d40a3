import { ended, endsTooEarly } from '../core/ending.ts';
import { ContractError } from '../core/errors.ts';
import { endTitle } from '../core/judged-words.ts';
import { movingTargets } from '../core/record.ts';
import { CloseRelease } from '../core/steps/close-release.ts';
import { summaryOf } from '../core/summary.ts';
import { leaveTurn, type WaitingPlace, withEnd } from '../core/turn.ts';
import { learnFrom } from './learn.ts';
import { countRelease } from './metrics.ts';
import { notifyEnd } from './notify.ts';
import { changeOwned, owned } from './owned.ts';
import { complete } from './signal.ts';
import { logger, step } from './step.ts';
import { changeRelease, readRelease } from './table/releases.ts';
import { changeTurn } from './table/turns.ts';
import { rememberFates } from './taken-back.ts';

/**
 * Writes the end and what was rolled back, frees the turn for whoever waits, tells people, and learns: in this order, so
 * that a retry loses nothing. Until the turn is free and the end was told the release is listed as open, and somebody
 * carries it on should this execution be gone: a second message is cheaper than none.
 */
export const handler = step(CloseRelease, async ({ now, ...about }) => {
  const { pair, release } = about;
  const found = await readRelease(pair, release);
  // An execution that has handed the release over, or is redriven, ends as it did.
  if (found.closed && found.owner !== about.execution)
    return { end: found.end!, cause: summaryOf(found).text };
  const before = owned(found, about);
  const early = endsTooEarly(before);
  if (early) throw new ContractError(`release ${release} may not end: ${early}`);
  const record = await changeOwned(about, (current) => ended(current, now), {
    at: now,
    line: (after) => `Ended: ${endTitle(after, after.end!)}`,
  });
  const end = record.end!;
  // Counted with the end, not with the message: an alarm tells of it when nobody can be told otherwise.
  if (!before.end) countRelease(pair, end);
  await rememberFates(record);

  let next: WaitingPlace | undefined;
  await changeTurn(pair, (turn) => {
    const left = leaveTurn(turn, release);
    next = left.next;
    // Closed a second time, it must not undo what a later release has left there.
    return turn.owner?.release === release ? withEnd(left.turn, { release, end }, now) : left.turn;
  });
  if (next) await complete(next.token, { turn: 'handed' });

  const summary = summaryOf(record);
  await notifyEnd(summary);
  await changeRelease(pair, release, (current) =>
    current.closed ? current : { ...current, closed: true },
  );
  await learnFrom(record);
  logger.info('release ended', {
    pair,
    release,
    end,
    because: summary.text,
    moved: movingTargets(record).length,
  });
  return { end, cause: summary.text };
});
