/** Whether the record of a release is older than its deployments, as after the table was restored to an earlier moment. */

import { movingTargets, type ReleaseRecord } from '../record/record.ts';
import { minutes, toMilliseconds } from '../text/time.ts';
import type { Observation, TargetObservation } from './observation.ts';

/** Milliseconds after the guard in which a rollback may still begin: an execution that hangs is ended after two hours, a blind one after four. */
const LATEST_ROLLBACK = minutes(360);

/** The readings of every target that the release was deployed to; undefined while one of them could not be read. */
const deployed = (
  record: ReleaseRecord,
  { targets }: Observation,
): readonly TargetObservation[] | undefined => {
  const launched = movingTargets(record).filter(({ launching }) => launching);
  const readings = launched.flatMap(({ name }) => targets[name] ?? []);
  return readings.length === launched.length
    ? readings.filter(({ forward }) => forward !== undefined)
    : undefined;
};

/**
 * Why the record is older than what its targets show; undefined where nothing says so. Three things cannot be while a
 * release is rolled back:
 *
 * - A later release of the pair was deployed: it had the turn, so this one had ended.
 * - Recovery found nothing decided, and every deployment has succeeded: Tandem lets none succeed before it has written
 *   that it promotes.
 * - Every deployment had succeeded hours before the rollback began: by then a release has ended.
 */
export const outdated = (record: ReleaseRecord, observation: Observation): string | undefined => {
  const [later] = movingTargets(record).flatMap(
    ({ name }) => observation.targets[name]?.later ?? [],
  );
  if (later) return `release ${later.release} was deployed after it (deployment ${later.id})`;
  const forwards = (deployed(record, observation) ?? []).map(({ forward }) => forward!);
  if (forwards.length === 0 || forwards.some(({ state }) => state !== 'done')) return undefined;
  if (record.reasons.some(({ code }) => code === 'execution-ended'))
    return 'its deployments have succeeded, though it has recorded no decision to promote';
  const began = Math.min(
    ...movingTargets(record).map(({ backSince }) =>
      backSince === undefined ? observation.now : toMilliseconds(backSince),
    ),
  );
  const ended = Math.max(...forwards.map(({ completedAt }) => completedAt ?? began));
  return began - ended > minutes(record.policy.guardMinutes) + LATEST_ROLLBACK
    ? 'its deployments succeeded hours before this rollback began'
    : undefined;
};
