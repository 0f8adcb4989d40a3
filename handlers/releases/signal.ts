import {
  InvalidToken,
  SendTaskSuccessCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { signalled } from '../../core/protocol/signal.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { sfn } from '../aws/sfn.ts';
import { logger } from '../function/log.ts';
import { changeRelease, type Telling } from '../table/releases.ts';

/** Completes a waiting state; false when nobody waits with this token any more. */
export const complete = async (token: string, output: unknown): Promise<boolean> => {
  try {
    await sfn.send(
      new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }),
    );
    return true;
  } catch (error) {
    if (
      error instanceof TaskTimedOut ||
      error instanceof InvalidToken ||
      error instanceof TaskDoesNotExist
    ) {
      return false;
    }
    throw error;
  }
};

/**
 * Writes a fact from outside into a release's record; gives the record and the way to wake the machine that listens,
 * which does nothing where the fact does not concern it now. A waking that fails is no failure of the fact: the machine
 * polls again after its watch interval.
 */
export const writeFact = async (
  { pair, release }: { readonly pair: string; readonly release: string },
  edit: (record: ReleaseRecord) => ReleaseRecord,
  telling: Telling,
  concerns: (record: ReleaseRecord) => boolean = () => true,
): Promise<{ readonly record: ReleaseRecord; readonly wake: () => Promise<void> }> => {
  let token: string | undefined;
  const record = await changeRelease(
    pair,
    release,
    (current) => {
      const edited = edit(current);
      const isWoken = concerns(edited);
      token = isWoken ? current.listener : undefined;
      return isWoken ? signalled(edited) : edited;
    },
    telling,
  );
  const wake = async () => {
    if (token === undefined) return;
    await complete(token, {}).catch((error: unknown) =>
      logger.warn('nobody was woken', error as Error),
    );
  };
  return { record, wake };
};

/** Writes a fact first, then wakes the machine that listens. */
export const signal = async (...said: Parameters<typeof writeFact>): Promise<ReleaseRecord> => {
  const { record, wake } = await writeFact(...said);
  await wake();
  return record;
};
