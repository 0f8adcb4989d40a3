import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import type {
  SharedSettings,
  VersionReading,
} from '../../../core/drivers/codedeploy-lambda/version.ts';
import type { LambdaTarget } from '../../../core/release/target.ts';
import { lambda } from '../../aws/lambda.ts';

/** What a function's configuration says of the state of a version. */
export const readingOf = (found: FunctionConfiguration): VersionReading => ({
  state: found.State ?? '',
  lastUpdate: found.LastUpdateStatus ?? '',
  why: found.LastUpdateStatusReason ?? found.StateReason ?? '',
});

/** What a function's configuration says of what two versions must share. */
export const sharedSettingsOf = ({
  Role,
  DeadLetterConfig,
}: FunctionConfiguration): SharedSettings => ({
  role: Role,
  deadLetters: DeadLetterConfig?.TargetArn || undefined,
});

const find = async (
  target: LambdaTarget,
  version: string,
): Promise<FunctionConfiguration | undefined> => {
  try {
    return await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: target.function, Qualifier: version }),
    );
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

/** Reads the state of a published version or of $LATEST; undefined when there is none. */
export const readVersion = async (
  target: LambdaTarget,
  version: string,
): Promise<VersionReading | undefined> => {
  const found = await find(target, version);
  return found && readingOf(found);
};

/** Reads the hash of the code of a published version or of $LATEST; undefined when there is none. */
export const readCodeHash = async (
  target: LambdaTarget,
  version: string,
): Promise<string | undefined> => (await find(target, version))?.CodeSha256;
