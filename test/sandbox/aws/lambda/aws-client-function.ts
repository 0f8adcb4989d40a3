import { Logger } from '@aws-lambda-powertools/logger';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

const logger = new Logger({ serviceName: 'shop' });
const sts = new STSClient();
const ssm = new SSMClient();

/** A function as people write them; the tests bundle it and run the bundle. */
export const handler = async ({ name }: { name: string }) => {
  logger.info('asked');
  const [identity, { Parameter }] = await Promise.all([
    sts.send(new GetCallerIdentityCommand()),
    ssm.send(new GetParameterCommand({ Name: name })),
  ]);
  return { account: identity.Account, value: Parameter?.Value };
};
