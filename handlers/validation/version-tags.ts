import { GetFunctionConfigurationCommand, ListTagsCommand } from '@aws-sdk/client-lambda';
import { driverOf } from '../../core/drivers/drivers.ts';
import type { Registration } from '../../core/drivers/registration.ts';
import { VERSION_TAG, type VersionTags } from '../../core/pushes/join.ts';
import { lambda } from '../aws/lambda.ts';

/** Reads which version the `$LATEST` of a function says that it is; undefined where it has no such tag. */
export const versionTagOf = async (functionName: string): Promise<string | undefined> => {
  const { FunctionArn } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn ?? '' }));
  return Tags?.[VERSION_TAG];
};

const taggedAs = async (target: string, functionName: string) =>
  [target, await versionTagOf(functionName)] as const;

/** Reads which image tag the `$LATEST` of each function of a pair belongs to; nothing where the pair does not join by it. */
export const versionTagsOf = async ({ join, targets }: Registration): Promise<VersionTags> => {
  if (join !== 'tagged') return {};
  const tags = await Promise.all(
    Object.values(targets).flatMap((target) => {
      const name = driverOf(target).functionOf(target);
      return name === undefined ? [] : [taggedAs(target.name, name)];
    }),
  );
  return Object.fromEntries(tags);
};
