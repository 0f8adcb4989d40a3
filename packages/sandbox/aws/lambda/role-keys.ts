/** Sessions of a function's role. */
import type { Cloud } from '../../cloud.ts';
import { lambdaError } from './errors.ts';
import type { SessionKeys } from './hosts/host.ts';

/** Lets Lambda assume the role of a function; the session has the function's name. */
export const roleKeys =
  (cloud: Cloud, region: string, role: string, functionName: string) =>
  async (): Promise<SessionKeys> => {
    const assumed = cloud.call({
      principal: { kind: 'service', service: 'lambda.amazonaws.com' },
      region,
      service: 'sts',
      operation: 'AssumeRole',
      input: { RoleArn: role, RoleSessionName: functionName },
    });
    const { Credentials } = await assumed.catch((error: Error) => {
      throw lambdaError(
        'InvalidParameterValueException',
        `The role defined for the function cannot be assumed by Lambda: ${error.message}`,
      );
    });
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    };
  };
