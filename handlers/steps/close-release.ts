import { ended, endsTooEarly } from '../../core/people/ending.ts';
import { summaryOf } from '../../core/people/summary.ts';
import { type AfterEnd, CLOSING, closed } from '../../core/protocol/closing.ts';
import type { Acting } from '../../core/protocol/ownership.ts';
import { leaveTurn, type WaitingPlace, withEnd } from '../../core/protocol/turn.ts';
import { endTitle } from '../../core/record/judged-words.ts';
import { movingTargets, type ReleaseRecord } from '../../core/record/record.ts';
import type { End } from '../../core/release/end.ts';
import { CloseRelease } from '../../core/steps/close-release.ts';
import { ContractError } from '../../core/text/errors.ts';
import { logger } from '../function/log.ts';
import { countRelease } from '../function/metrics.ts';
import { step } from '../function/step.ts';
import { learnFrom } from '../releases/learn.ts';
import { notifyEnd } from '../releases/notify.ts';
import { changeOwned, readOwned } from '../releases/owned.ts';
import { complete } from '../releases/signal.ts';
import { rememberFates } from '../releases/taken-back.ts';
import { changeRelease, readRelease } from '../table/releases.ts';
import { changeTurn } from '../table/turns.ts';

/** Frees the turn for the release that waits. */
const freeTurn = async ({ pair, release }: ReleaseRecord, end: End, now: string): Promise<void> => {
  let next: WaitingPlace | undefined;
  await changeTurn(pair, (turn) => {
    const left = leaveTurn(turn, release);
    next = left.next;
    // Closed a second time, it must not undo what a later release has left there.
    return turn.owner?.release === release ? withEnd(left.turn, { release, end }, now) : left.turn;
  });
  if (next) await complete(next.token, { turn: 'handed' });
};

/** Writes the end. Counted with the end, not with the message: an alarm fires when the message cannot be sent. */
const writeEnd = async (about: Acting, now: string): Promise<ReleaseRecord> => {
  const before = await readOwned(about);
  const early = endsTooEarly(before);
  if (early) throw new ContractError(`release ${about.release} may not end: ${early}`);
  const record = await changeOwned(about, (current) => ended(current, now), {
    at: now,
    fact: (after) => ({
      kind: 'ended',
      data: { end: after.end!, title: endTitle(after, after.end!) },
    }),
  });
  if (!before.end) countRelease(about.pair, record.end!);
  return record;
};

const close = ({ pair, release }: ReleaseRecord, now: string): Promise<ReleaseRecord> =>
  changeRelease(pair, release, closed, {
    at: now,
    fact: () => ({ kind: 'closed', data: {} }),
  });

/** Writes the end, then does what is left to do for a release that has ended, in the order of `CLOSING`. */
export const handler = step(CloseRelease, async ({ now, ...about }) => {
  const found = await readRelease(about.pair, about.release);
  // An execution that has handed the release over, or is redriven, ends as it did.
  if (found.closed && found.owner !== about.execution)
    return { end: found.end!, cause: summaryOf(found).text };
  const record = await writeEnd(about, now);
  const end = record.end!;
  const summary = summaryOf(record);
  const steps: Readonly<Record<AfterEnd, () => Promise<unknown>>> = {
    remember: () => rememberFates(record),
    'free-turn': () => freeTurn(record, end, now),
    notify: () => notifyEnd(summary),
    close: () => close(record, now),
    learn: () => learnFrom(record),
  };
  for (const next of CLOSING) await steps[next]();
  logger.info('release ended', {
    ...{ pair: record.pair, release: record.release, end },
    because: summary.text,
    moved: movingTargets(record).length,
  });
  return { end, cause: summary.text };
});
