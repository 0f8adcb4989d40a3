import { toMilliseconds } from '../core/moments.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { isRunning } from './executions.ts';
import { startExecution } from './start.ts';
import { logger } from './step.ts';
import { allReleases } from './table/releases.ts';
import { readTurn } from './table/turns.ts';

/** Longest name of an execution, in characters. */
const LONGEST_NAME = 80;

/** Releases that somebody must carry to their end: those without one, and one that ended and still has the turn. */
export const unfinished = async (pair: string): Promise<readonly ReleaseRecord[]> => {
  const { owner } = await readTurn(pair);
  return (await allReleases(pair)).filter(
    ({ release, end }) => end === undefined || release === owner?.release,
  );
};

/**
 * Starts the recovery of a release whose execution is gone. The name carries the minute, so that two who notice at
 * once start one recovery, and one that died before it could write anything is followed by another. Should two run
 * all the same, only one of them can take the release over.
 */
export const recover = async (record: ReleaseRecord, now: string): Promise<boolean> => {
  if (await isRunning(record.owner)) return false;
  const minute = Math.floor(toMilliseconds(now) / 60_000);
  const name = `${record.release.slice(0, LONGEST_NAME - 20)}-recover-${minute}`;
  const started = await startExecution(name, { recover: record.release });
  logger.warn('release recovered', { release: record.release, name, started });
  return started;
};
