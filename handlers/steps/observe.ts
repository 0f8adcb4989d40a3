import type { Observation, TargetObservation } from '../../core/deployments/observation.ts';
import { decidedFact } from '../../core/protocol/deciding.ts';
import type { Next } from '../../core/protocol/phases/view.ts';
import { poll, pollBack } from '../../core/protocol/poll.ts';
import { movingTargets, type ReleaseRecord } from '../../core/record/record.ts';
import type { Vote } from '../../core/record/vote.ts';
import { goesBack } from '../../core/release/intent.ts';
import { Observe } from '../../core/steps/observe.ts';
import { errorText } from '../../core/text/errors.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import type { NextBack } from '../../core/way-back/way-back.ts';
import { attemptsAt, driverOf } from '../drivers/drivers.ts';
import { readNeighbours } from '../drivers/neighbours.ts';
import { logDecision } from '../function/decision-log.ts';
import { logger } from '../function/log.ts';
import { isPassing } from '../function/retryable.ts';
import { step } from '../function/step.ts';
import { changeOwned, seeOwned } from '../releases/owned.ts';
import { voteOfAlarms } from '../votes/alarms.ts';
import { voteOfJudge } from '../votes/judge.ts';

/** What was read of one target, or why it could not be read. */
type Reading = readonly [
  string,
  { readonly seen: TargetObservation } | { readonly error: unknown },
];

const read = (record: ReleaseRecord): Promise<readonly Reading[]> =>
  Promise.all(
    movingTargets(record)
      .filter(({ to }) => to !== undefined)
      .map(async (target): Promise<Reading> => {
        try {
          return [target.name, { seen: await driverOf(target).observe(record, target) }];
        } catch (error) {
          return [target.name, { error }];
        }
      }),
  );

/** Deployments of others beside a release, until its guard has ended; one that rolls back is stopped by nothing. */
const readBeside = async (
  record: ReleaseRecord,
): Promise<NonNullable<Observation['neighbours']>> => {
  if (goesBack(record) || record.decision === 'rollback' || record.times.guardEnded) return {};
  try {
    return await readNeighbours(record);
  } catch (error) {
    if (!isPassing(error)) throw error;
    logger.warn('neighbours not read', { error });
    return {};
  }
};

/**
 * What was read of all targets, and which could not be read. Forward that must be for a reason that passes; on the
 * rollback nothing stops the others from coming back, and somebody from hearing of it.
 */
const observationOf = (
  readings: readonly Reading[],
  { machine, now }: { readonly machine: 'release' | 'rollback'; readonly now: string },
): Observation => {
  const failed = readings.flatMap(([name, one]) => ('error' in one ? [{ name, ...one }] : []));
  const refused = failed.find(({ error }) => !isPassing(error));
  if (machine === 'release' && refused) throw refused.error;
  for (const { name, error } of failed) logger.warn('target not read', { name, error });
  return {
    now: toMilliseconds(now),
    targets: Object.fromEntries(
      readings.flatMap(([name, one]) => ('seen' in one ? [[name, one.seen]] : [])),
    ),
    unread: Object.fromEntries(failed.map(({ name, error }) => [name, errorText(error)])),
  };
};

/** The votes of the alarms and of the judge. A rollback asks nobody, and after the end nothing speaks against a release. */
const votesOn = async (
  record: ReleaseRecord,
  machine: 'release' | 'rollback',
  now: string,
): Promise<readonly Vote[]> => {
  if (machine === 'rollback' || record.end) return [];
  const alarms = await voteOfAlarms(record, now);
  // People want to know all that speaks against the release: what green's users met may tell why the alarm is red.
  return [alarms, await voteOfJudge(record, now, { anew: alarms.verdict === 'fail' })];
};

const SECONDS_WITHOUT_WAIT = 1;

/** Reads alarms, figures, deployments and traffic, records them, and says what to do now. */
export const handler = step(
  Observe,
  async ({ machine, votes: given, now, ...about }) => {
    const { record: before, seen } = await seeOwned(about);
    // After the end nothing is read any more: what serves then is the business of others.
    const [readings, neighbours, votes] = await Promise.all([
      before.end ? [] : read(before),
      before.end ? {} : readBeside(before),
      given ?? votesOn(before, machine, now),
    ]);
    const observation = { ...observationOf(readings, { machine, now }), neighbours };

    let chosen: Next | NextBack;
    let turned = false;
    const record = await changeOwned(
      about,
      (current) => {
        const polled =
          machine === 'rollback'
            ? pollBack(current, observation)
            : poll(current, observation, votes);
        chosen = polled.next;
        turned = chosen.action === 'rollback' && current.decision !== 'rollback';
        return polled.record;
      },
      {
        at: now,
        fact: (after) =>
          turned
            ? decidedFact(after, 'poll')
            : { kind: 'polled', data: { machine, action: chosen!.action } },
      },
      seen,
    );
    const action =
      machine === 'release' && record.handingOver ? ('hand-over' as const) : chosen!.action;
    const outcome = {
      action,
      step: 'step' in chosen! ? chosen.step : ('none' as const),
      seconds: 'seconds' in chosen! ? chosen.seconds : SECONDS_WITHOUT_WAIT,
      signals: record.signals,
    };
    if (turned) logDecision(record);
    logger.info('observed', { release: about.release, phase: record.phase, ...outcome });
    return outcome;
  },
  attemptsAt('read'),
);
