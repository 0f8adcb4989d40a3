import { barriersUntil } from '../../deployments/answer-by.ts';
import { BEHIND } from '../../deployments/behind.ts';
import { READING_SECONDS } from '../../deployments/observation.ts';
import { readFrom } from '../../judge/judging-window.ts';
import { namesOf, type TargetRecord } from '../../record/record.ts';
import { lookedAfter, reasonsOf } from '../../record/vote.ts';
import type { Policy } from '../../release/policy.ts';
import { type Reason, reason } from '../../release/reason.ts';
import { minutes, seconds, toMilliseconds } from '../../text/time.ts';
import { type Next, ordersOf, proceed, rollback, type View, wait } from './view.ts';

/** Moments of a hold, in milliseconds since 1970. */
interface Bake {
  /** The end of the bake. */
  readonly end: number;
  /** From when on the figures of its last whole minute have been read, by the alarms and by the judge. */
  readonly read: number;
  /** Until when every barrier can be answered. */
  readonly deadline: number;
}

const arrivalsOf = (targets: readonly TargetRecord[]): readonly number[] =>
  targets.flatMap(({ arrivedAt }) => (arrivedAt === undefined ? [] : [toMilliseconds(arrivedAt)]));

/** The bake of those targets of a release that have arrived. Without a bake there are no figures to wait for. */
export const bakeOf = (targets: readonly TargetRecord[], policy: Policy): Bake => {
  const { bakeMinutes } = policy;
  const end = Math.max(...arrivalsOf(targets)) + minutes(bakeMinutes);
  return {
    end,
    read: bakeMinutes === 0 ? end : readFrom(end),
    deadline: barriersUntil(targets, policy),
  };
};

/** Holding: all traffic is on green, blue is whole. The bake begins with the last arrival, the first hold ends with the first. */
export const holding = (view: View): Next => {
  const { record, now, moving, votes } = view;
  const arrivals = arrivalsOf(moving);
  const { end: bakeEnd, read, deadline } = bakeOf(moving, record.policy);
  if (read > deadline) {
    return rollback(
      reason(
        'too-little-time',
        `The targets arrived ${Math.round((Math.max(...arrivals) - Math.min(...arrivals)) / 60_000)} minutes apart: a bake of ${record.policy.bakeMinutes} minutes, and the metrics of its last minute, would come after the end of their holds`,
      ),
    );
  }
  if (record.commands.hold) {
    if (now < deadline)
      return wait(view, 'Holding', { for: HELD, deadline, words: ordersOf(record) });
    return rollback(
      reason(
        'held-too-long',
        'The release was held until its deployments would have failed; resume earlier',
      ),
    );
  }
  const astray = moving.filter((target) => view.of(target)?.share !== 100);
  // On AWS the figures of the last minutes come after the bake; until they can have been read, nothing is decided.
  if (now < read && !record.commands.promote) {
    const why =
      now < bakeEnd
        ? { for: 'the end of the bake', until: bakeEnd }
        : { for: 'the metrics of the last minutes of the bake', until: read };
    return wait(view, 'Holding', { ...why, words: ['promote', 'hold', 'abort'] }, read);
  }
  if (astray.length > 0) {
    // Their deployments say that all of it has arrived.
    if (now < read + BEHIND) {
      const why = {
        for: `all traffic of ${namesOf(astray)} to be read on green, as their deployments report`,
        deadline: read + BEHIND,
        words: ordersOf(record),
      };
      return wait(view, 'Holding', why, now + seconds(READING_SECONDS));
    }
    return rollback(
      ...astray.map((target) =>
        reason(
          'traffic-not-moved',
          `The deployment of ${target.name} reports that all traffic is on green, but green gets ${view.of(target)?.share ?? 0} %`,
          { target: target.name },
        ),
      ),
    );
  }
  const byFigures = votes.filter(({ by }) => by === 'judge');
  const unsure = reasonsOf(
    votes.filter((one) => !byFigures.includes(one)),
    'inconclusive',
  );
  if (unsure.length > 0 && record.policy.insufficientData !== 'proceed') {
    const extend = record.policy.insufficientData === 'extend' && now < deadline;
    return extend
      ? wait(view, 'Holding', { for: 'alarms that have enough data', deadline, words: ['abort'] })
      : rollback(...unsure);
  }
  if (!record.commands.promote && !lookedAfter(record, read)) {
    const why = { for: 'a poll of the alarms after the bake', words: ordersOf(record) };
    return wait(view, 'Holding', why, now);
  }
  return (
    doubted(view, reasonsOf(byFigures, 'inconclusive'), { bakeEnd, deadline }) ??
    proceed('Holding', 'decide')
  );
};

/** What the policy makes of each doubt, from the mildest to the gravest. */
const MEANINGS = ['proceed', 'tell', 'extend', 'ask', 'rollback'] as const;

/** Minutes after the bake in which figures that cannot be read may come after all. */
const UNREAD_MINUTES = 5;

/** At the end of the bake the judge has doubts: the policy says what they mean, or a person does, who is asked only once. */
const doubted = (
  view: View,
  doubts: readonly Reason[],
  { bakeEnd, deadline }: { readonly bakeEnd: number; readonly deadline: number },
): Next | undefined => {
  const { policy, commands, times } = view.record;
  const { mode, unusual, tooFewRequests } = policy.judgement;
  if (commands.promote || mode !== 'act') return undefined;
  const late = Math.min(bakeEnd + minutes(UNREAD_MINUTES), deadline);
  if (view.now < late && doubts.some(({ code }) => code === 'figures-unread'))
    return wait(view, 'Holding', {
      for: 'the metrics of the bake, which could not be read',
      until: late,
      words: ['promote', 'abort'],
    });
  const meanings = doubts.map(({ code }) => (code === 'unusual' ? unusual : tooFewRequests));
  const gravest = times.asked ? 'ask' : MEANINGS.findLast((one) => meanings.includes(one));
  if (gravest === undefined || gravest === 'proceed' || gravest === 'tell') return undefined;
  if (gravest === 'rollback') return rollback(...doubts);
  if (view.now >= deadline)
    return rollback(...(times.asked ? [reason('held-too-long', UNANSWERED)] : []), ...doubts);
  return gravest === 'ask' && times.asked === undefined
    ? { phase: 'Holding', action: 'ask' }
    : wait(view, 'Holding', {
        for: times.asked
          ? 'a person: the judge has doubts'
          : 'metrics that leave the judge no doubt',
        deadline,
        words: ['promote', 'abort'],
      });
};

/** What a release waits for that is held after the shift. */
const HELD = 'a person: it is held with all traffic on green';

const UNANSWERED = 'Nobody answered the request to promote until its deployments would have failed';
