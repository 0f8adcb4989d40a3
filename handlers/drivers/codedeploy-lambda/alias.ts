import { GetAliasCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { AliasReading } from '../../../core/drivers/codedeploy-lambda/alias.ts';
import type { LambdaTarget } from '../../../core/drivers/target.ts';
import { lambda } from '../../aws/lambda.ts';

const NOTHING: AliasReading = { exists: false, version: '', weighted: false };

/** Reads a function's alias. */
export const readAlias = async (target: LambdaTarget): Promise<AliasReading> => {
  try {
    const alias = await lambda.send(
      new GetAliasCommand({ FunctionName: target.function, Name: target.alias }),
    );
    return {
      exists: true,
      version: alias.FunctionVersion ?? '',
      weighted: Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0,
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return NOTHING;
    throw error;
  }
};
