import { withFailedHook } from '../../core/protocol/failed-hook.ts';
import type { FailedHook } from '../../core/record/record.ts';
import { calledAt } from '../function/called-at.ts';
import { logger } from '../function/log.ts';
import { changeRelease } from '../table/releases.ts';

/** Rejects when the time is over. */
const over = (milliseconds: number): Promise<never> =>
  new Promise((_, reject) => {
    const signal = AbortSignal.timeout(milliseconds);
    signal.addEventListener('abort', () => reject(signal.reason));
  });

/**
 * Writes into a release's record why a hook fails, in so many milliseconds at most. CodeDeploy waits for the answer
 * and not for the reasons, so losing them is no failure.
 */
export const tellRelease = async (
  { pair, release }: { readonly pair: string; readonly release: string },
  failed: FailedHook,
  milliseconds: number,
): Promise<void> => {
  const told = changeRelease(pair, release, (record) => withFailedHook(record, failed), {
    at: calledAt(),
    fact: () => ({
      kind: 'hook-failed',
      data: { deployment: failed.deploymentId, event: failed.event, reasons: failed.reasons },
    }),
  });
  await Promise.race([told, over(milliseconds)]).catch((error: unknown) =>
    logger.warn('the release was not told why its hook fails', error as Error),
  );
};
