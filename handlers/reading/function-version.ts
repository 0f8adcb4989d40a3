import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { lambda } from '../aws/lambda.ts';

/** Reads a published version of a function, or $LATEST; undefined when there is none. */
export const findVersion = async (
  functionName: string,
  version: string,
): Promise<FunctionConfiguration | undefined> => {
  try {
    return await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: version }),
    );
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};
