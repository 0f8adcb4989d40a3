import { toMilliseconds } from '../core/moments.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { isRunning } from './executions.ts';
import { startExecution } from './start.ts';
import { logger } from './step.ts';

/** Longest name of an execution, in characters. */
const LONGEST_NAME = 80;

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
