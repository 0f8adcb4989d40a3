import { withCalmed } from '../../alarms/known-red.ts';
import { hasLostBarrier } from '../../deployments/hook-answers.ts';
import type { Observation } from '../../deployments/observation.ts';
import type { ReleaseRecord } from '../../record/record.ts';
import { heard, reasonsOf, type Vote } from '../../record/vote.ts';
import { type Reason, reason } from '../../release/reason.ts';
import { minutes, seconds, toMilliseconds, toMoment } from '../../text/time.ts';
import { type Next, ordersOf, proceed, rollback, type View, wait } from './view.ts';

/** Minutes that a release may be blind while hooks run out that nobody answers, or may soon do so. */
const BLIND_MINUTES = 30;

/** Minutes that it may be once every barrier is answered: then time alone harms nobody. */
const BLIND_MINUTES_GUARDED = 240;

/** Seconds until a blind release looks again: in four hours a quarter of what an execution's history holds. */
const LOOK_SECONDS = 60;

/** What could not be read at this look; empty when all was. */
export const notRead = (
  { unread = {} }: Observation,
  votes: readonly Vote[],
): readonly Reason[] => [
  ...reasonsOf(votes, 'inconclusive').filter(({ code }) => code === 'not-read'),
  ...Object.entries(unread)
    .sort()
    .map(([target, error]) =>
      reason('not-read', `${target} could not be read: ${error}`, { target }),
    ),
];

/** The record with the moment since which the release is blind; a look that reads everything that counts takes it away. */
export const withSight = (
  { blindSince, ...record }: ReleaseRecord,
  observation: Observation,
  given: readonly Vote[],
): ReleaseRecord =>
  notRead(observation, heard(record, given)).length === 0
    ? record
    : { ...record, blindSince: blindSince ?? toMoment(observation.now) };

/** The record with the moment of the look that these votes rest on, and with what the judge found. */
export const withLook = (record: ReleaseRecord, given: readonly Vote[]): ReleaseRecord => {
  const { at, data } = given.find(({ by }) => by === 'alarms') ?? {};
  const judge = given.find(({ by, says }) => by === 'judge' && says);
  return {
    ...withCalmed(
      record,
      given.flatMap(({ calmed = [] }) => calmed),
    ),
    ...(at === undefined ? {} : { alarmsSeen: at }),
    ...(judge?.says
      ? {
          judged: {
            verdict: judge.verdict,
            says: judge.says,
            ...(judge.judged ? { targets: judge.judged } : {}),
            ...(judge.advice ? { advice: judge.advice } : {}),
          },
        }
      : {}),
    ...(data === undefined ? {} : { alarmData: data }),
  };
};

/**
 * Blind: that something cannot be read is no bad sign, and the alarms of its deployments are armed. So nothing is begun and
 * nothing rolled back; what was decided is still answered, since a hook waits for an hour only. Undefined when the
 * release sees.
 */
export const blind = (view: View): Next | undefined => {
  const { record, now, unread } = view;
  if (unread.length === 0) return undefined;
  const mayAnswer = record.times.guarded === undefined && !hasLostBarrier(record);
  if (record.decision === 'promote' && mayAnswer) {
    return proceed('Guarding', 'answer-target');
  }
  const longest = record.times.guarded === undefined ? BLIND_MINUTES : BLIND_MINUTES_GUARDED;
  const end = toMilliseconds(record.blindSince ?? toMoment(now)) + minutes(longest);
  if (now < end) {
    const why = {
      for: 'AWS to answer: alarms or targets cannot be read',
      progress: unread.map(({ text }) => text).join('; '),
      deadline: end,
      words: record.decision === 'none' ? ordersOf(record) : (['abort'] as const),
    };
    return wait(view, record.phase, why, now + seconds(LOOK_SECONDS));
  }
  return rollback(
    ...unread.map(({ text, target }) =>
      reason('not-read', `For ${longest} minutes: ${text}`, target === undefined ? {} : { target }),
    ),
  );
};
