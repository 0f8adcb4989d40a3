import { movingTargets, type ReleaseRecord, type TargetRecord } from '../record/record.ts';
import type { Wait } from '../record/waiting.ts';
import { READINGS } from './observation.ts';

/**
 * Why a release that was decided to be promoted is not final yet; undefined once its guard is over and every target was
 * read on its new revision often enough. From then on nothing turns the decision around.
 */
export const notFinalBecause = (record: ReleaseRecord): string | undefined => {
  if (record.times.guardEnded === undefined) return 'its guard is not over';
  return movingTargets(record).every(({ equalReads }) => equalReads >= READINGS)
    ? undefined
    : `its targets were not read right ${READINGS} times`;
};

/** Whether a promoted release only has to be closed. */
export const isFinal = (record: ReleaseRecord): boolean =>
  record.decision === 'promote' && notFinalBecause(record) === undefined;

/** A wait for readings that show every target where it belongs, with how many of them there are. */
export const readingsOf = (
  what: string,
  targets: readonly TargetRecord[],
): Pick<Wait, 'for' | 'progress'> => ({
  for: `${what} to be read ${READINGS} times in a row`,
  progress: targets
    .map(({ name, equalReads }) => `${name} ${Math.min(equalReads, READINGS)}`)
    .join(', '),
});
