import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import type { AliasReading } from '../../core/checks/alias.ts';
import type { LambdaTarget } from '../../core/target.ts';

const lambda = new LambdaClient();

const NOTHING: AliasReading = {
  exists: false,
  version: '',
  weighted: false,
  state: '',
  lastUpdate: '',
};

/** Reads a function's alias and the state of its code. */
export const readAlias = async (target: LambdaTarget): Promise<AliasReading> => {
  try {
    const [alias, latest] = await Promise.all([
      lambda.send(new GetAliasCommand({ FunctionName: target.function, Name: target.alias })),
      lambda.send(new GetFunctionConfigurationCommand({ FunctionName: target.function })),
    ]);
    return {
      exists: true,
      version: alias.FunctionVersion ?? '',
      weighted: Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0,
      state: latest.State ?? '',
      lastUpdate: latest.LastUpdateStatus ?? '',
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return NOTHING;
    throw error;
  }
};

/** Whether a published version exists. */
export const versionExists = async (target: LambdaTarget, version: string): Promise<boolean> => {
  try {
    await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: target.function, Qualifier: version }),
    );
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
};
