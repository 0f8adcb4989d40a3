import type { Registration } from '../../core/drivers/registration.ts';
import { executionName } from '../../core/events/image-push.ts';
import { type Push, releaseOfPush, type VersionTags } from '../../core/pushes/join.ts';
import { logger } from '../function/log.ts';
import { startExecution } from '../releases/start.ts';

/** Logs that a push releases nothing of a pair, and why. */
export const ignorePush = (
  { pair }: Registration,
  push: { readonly repository: string; readonly tag: string; readonly digest: string },
  ignored: string,
): void => logger.info('push ignored', { pair, ...push, problem: ignored });

/** Starts the release that a pushed image asks for, by what the pair declares; says which execution, if any. */
export const releasePush = async (
  registration: Registration,
  push: Push,
  versionTags: VersionTags,
): Promise<string | undefined> => {
  const outcome = releaseOfPush(registration, push, versionTags);
  if ('ignored' in outcome) {
    const { repository, tag, image } = push;
    ignorePush(registration, { repository, tag, digest: image.digest }, outcome.ignored);
    return undefined;
  }
  const { input } = outcome;
  const name = executionName(registration.pair, push.eventId);
  const started = await startExecution(name, input);
  logger.info('push releases', { name, started, targets: Object.keys(input.targets) });
  return name;
};
