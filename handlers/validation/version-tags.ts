import { GetFunctionConfigurationCommand, ListTagsCommand } from '@aws-sdk/client-lambda';
import { VERSION_TAG, type VersionTags } from '../../core/pushes/join.ts';
import type { Registration } from '../../core/release/registration.ts';
import { lambda } from '../aws/lambda.ts';

/** Reads which version the `$LATEST` of a function says that it is; undefined where it has no such tag. */
export const versionTagOf = async (functionName: string): Promise<string | undefined> => {
  const { FunctionArn } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn ?? '' }));
  return Tags?.[VERSION_TAG];
};

/** Reads which image tag the `$LATEST` of each function of a pair belongs to; nothing where the pair does not join by it. */
export const versionTagsOf = async ({ join, targets }: Registration): Promise<VersionTags> => {
  if (join !== 'tagged') return {};
  const functions = Object.values(targets).flatMap((target) =>
    target.kind === 'lambda' ? [target] : [],
  );
  const tags = await Promise.all(
    functions.map(async (one) => [one.name, await versionTagOf(one.function)]),
  );
  return Object.fromEntries(tags);
};
