import { readingsOf } from '../../deployments/final.ts';
import { barrierHook } from '../../deployments/hook-answers.ts';
import {
  isActive,
  READING_SECONDS,
  READINGS,
  type TargetObservation,
} from '../../deployments/observation.ts';
import { holdsOf } from '../../drivers/drivers.ts';
import { namesOf, type ReleaseRecord, type TargetRecord } from '../../record/record.ts';
import { lookedAfter } from '../../record/vote.ts';
import { reason } from '../../release/reason.ts';
import { revisionText, seenText } from '../../release/revision-words.ts';
import { minutes, seconds, toMilliseconds } from '../../text/time.ts';
import { type Next, proceed, rollback, type View, wait } from './view.ts';

/** Minutes after the guard in which both deployments must end and the new revisions must be seen live. */
const VERIFY_MINUTES = 15;

/**
 * Minutes in which a deployment may end whose target serves the new revision to everybody: old tasks drain first, and
 * the delay of their target group may be an hour (ELB: deregistration_delay.timeout_seconds, at most 3600).
 */
const ENDING_MINUTES = 90;

/** Seconds after which the word that ends a wait is given again to a deployment that still shows it. */
const AGAIN_SECONDS = 60;

/** What people can still order: a release that is final waits no more. */
const ABORT = ['abort'] as const;

/** Whether the deployment still keeps blue, though it was told to end that wait. */
const isDeaf = (
  { unguarded }: TargetRecord,
  reading: TargetObservation | undefined,
  now: number,
): boolean =>
  reading?.forward?.state === 'committed' &&
  typeof unguarded === 'string' &&
  now - toMilliseconds(unguarded) >= seconds(AGAIN_SECONDS);

/** Whether users are on the new revision, and only the deployment has not ended yet. */
const serves = ({ to }: TargetRecord, reading: TargetObservation | undefined): boolean =>
  reading !== undefined && reading.live === to?.name && isActive(reading.forward);

/** End of the guard in milliseconds since 1970; undefined before every barrier has been answered. */
export const guardEnd = ({ times, policy }: ReleaseRecord): number | undefined =>
  times.guarded === undefined
    ? undefined
    : toMilliseconds(times.guarded) + minutes(policy.guardMinutes);

/** Guarding: the barriers are answered, blue is kept, and alarms may still roll everything back. */
export const guarding = (view: View): Next => {
  const { record, now, moving } = view;
  const unanswered = moving.some((target) => barrierHook(record, target)?.answer === undefined);
  const end = guardEnd(record);
  if (unanswered || end === undefined) return proceed('Guarding', 'answer-target');
  if (now < end)
    return wait(view, 'Guarding', { for: 'the end of the guard', until: end, words: ABORT });
  // The last look must be one of after the guard: an alarm may have gone red since the one before.
  if (!record.times.guardEnded && !lookedAfter(record, end))
    return wait(
      view,
      'Guarding',
      { for: 'a poll of the alarms after the guard', words: ABORT },
      now,
    );

  if (record.times.guardEnded && moving.every(({ unguarded }) => unguarded)) return verifying(view);
  // The wait that keeps blue begins a moment after the barrier was answered; only then can it be ended.
  const early = moving.some((target) => {
    if (!holdsOf(target).guard) return false;
    const forward = view.of(target)?.forward;
    return isActive(forward) && forward?.state !== 'committed';
  });
  return early && now < end + minutes(VERIFY_MINUTES)
    ? wait(
        view,
        'Guarding',
        {
          for: 'the wait that keeps the old tasks to begin, so that it can be ended',
          deadline: end + minutes(VERIFY_MINUTES),
          words: ABORT,
        },
        now + seconds(READING_SECONDS),
      )
    : proceed('Guarding', 'answer-target');
};

/**
 * Milliseconds until the next reading of what should be live. As long as old tasks drain, it is a quarter of the time
 * since the end of the guard: an event tells of the end of a deployment, and a lost one costs that quarter.
 */
const untilNextReading = (isEnding: boolean, sinceGuard: number): number =>
  Math.max(seconds(READING_SECONDS), isEnding ? sinceGuard / 4 : 0);

/** Only what was read, three times alike, makes a release Promoted. */
const verifying = (view: View): Next => {
  const { record, moving, now } = view;
  if (moving.every(({ equalReads }) => equalReads >= READINGS)) {
    return proceed('Guarding', 'close-release');
  }
  if (moving.some((target) => isDeaf(target, view.of(target), now)))
    return proceed('Guarding', 'answer-target');
  // What was read right just now is only read again: the release may have been blind until then.
  const astray = moving.filter(({ equalReads }) => equalReads === 0);
  const isEnding = astray.every((target) => serves(target, view.of(target)));
  const patience = isEnding ? ENDING_MINUTES : VERIFY_MINUTES;
  const guardEnded = toMilliseconds(record.times.guardEnded!);
  const late = guardEnded + minutes(patience);
  if (now < late || astray.length === 0) {
    const isDraining = isEnding && astray.length > 0;
    const why = isDraining
      ? {
          for: `the deployment of ${namesOf(astray)} to end: old tasks still drain`,
          deadline: late,
        }
      : {
          ...readingsOf('the new revisions', moving),
          ...(astray.length > 0 ? { deadline: late } : {}),
        };
    const due = now + untilNextReading(isDraining, now - guardEnded);
    return wait(view, 'Guarding', { ...why, words: ABORT }, due);
  }
  return rollback(
    ...astray.map((target) =>
      reason(
        'traffic-not-moved',
        `${target.name} should serve ${revisionText(target.to)}, but ${seenText(target, view.of(target)?.live ?? 'nothing')} was read ${patience} minutes after the guard; its deployment is ${view.of(target)?.forward?.status ?? 'unknown'}`,
        { target: target.name },
      ),
    ),
  );
};
