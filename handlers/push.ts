import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { executionName } from '../core/events/image-push.ts';
import { releaseOfPush, runsImagesOf, VERSION_TAG } from '../core/join.ts';
import type { Registration } from '../core/registration.ts';
import { startExecution } from './start.ts';
import { logger } from './step.ts';

const lambda = new LambdaClient();

const versionTag = async (functionName: string): Promise<string | undefined> => {
  const { FunctionArn } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn ?? '' }));
  return Tags?.[VERSION_TAG];
};

/** Starts the release that a pushed image asks for, by what the pair declares; says which execution, if any. */
export const releasePush = async (
  registration: Registration,
  push: { repository: string; tag: string; digest: string; eventId: string },
): Promise<string | undefined> => {
  if (!runsImagesOf(registration, push.repository)) return undefined;
  const functions = Object.values(registration.targets).flatMap((target) =>
    target.kind === 'lambda' ? [target] : [],
  );
  const tags =
    registration.join === 'tagged'
      ? await Promise.all(functions.map(async (one) => [one.name, await versionTag(one.function)]))
      : [];
  const input = releaseOfPush(registration, { ...push, versionTags: Object.fromEntries(tags) });
  if (!input) return undefined;
  const name = executionName(registration.pair, push.eventId);
  const started = await startExecution(name, input);
  logger.info('push releases', { name, started, targets: Object.keys(input.targets) });
  return name;
};
