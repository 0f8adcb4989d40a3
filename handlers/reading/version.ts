import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import type { VersionReading } from '../../core/checks/version.ts';
import type { LambdaTarget } from '../../core/target.ts';

const lambda = new LambdaClient();

/** Reads the state of a published version or of $LATEST; undefined when there is none. */
export const readVersion = async (
  target: LambdaTarget,
  version: string,
): Promise<VersionReading | undefined> => {
  try {
    const found = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: target.function, Qualifier: version }),
    );
    return {
      state: found.State ?? '',
      lastUpdate: found.LastUpdateStatus ?? '',
      why: found.LastUpdateStatusReason ?? found.StateReason ?? '',
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};
