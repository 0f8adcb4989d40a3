import { createHash } from 'node:crypto';
import { isOverdue } from '../../core/protocol/overdue.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { logger } from '../function/log.ts';
import { isRunning, stopExecution } from './executions.ts';
import { startExecution } from './start.ts';

/** Longest name of an execution, in characters. */
const LONGEST_NAME = 80;

/** The id of a release as a part of a name, as long as it may be: two long ones that begin alike stay apart. */
const shortOf = (release: string): string => {
  const longest = LONGEST_NAME - 20;
  if (release.length <= longest) return release;
  const mark = createHash('sha256').update(release).digest('hex').slice(0, 8);
  return `${release.slice(0, longest - mark.length - 1)}-${mark}`;
};

/**
 * Ends the execution of a release that has gone on for longer than anything explains: it hangs, and while it runs
 * nobody may take the release over.
 */
export const endOverdue = async (record: ReleaseRecord, now: string): Promise<void> => {
  if (!isOverdue(record, toMilliseconds(now)) || !(await isRunning(record.owner))) return;
  await stopExecution(record.owner, `Release ${record.release} is overdue: its recovery goes on`);
  logger.warn('overdue execution ended', { release: record.release, owner: record.owner });
};

/**
 * Starts the recovery of a release whose execution is gone. The name carries the minute, so that two who notice at
 * once start one recovery, and one that died before it could write anything is followed by another. Should two run
 * all the same, only one of them can take the release over.
 */
export const recover = async (record: ReleaseRecord, now: string): Promise<boolean> => {
  if (await isRunning(record.owner)) return false;
  const minute = Math.floor(toMilliseconds(now) / 60_000);
  const name = `${shortOf(record.release)}-recover-${minute}`;
  const started = await startExecution(name, { recover: record.release });
  logger.warn('release recovered', { release: record.release, name, started });
  return started;
};
