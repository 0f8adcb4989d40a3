/** The environment variables that Lambda sets for a function. */
import type { FunctionUnit, SessionKeys } from './host.ts';

/** The variables of AWS's page "Defined runtime environment variables" that each environment of a function shares. */
export const definedVariables = (
  unit: FunctionUnit,
  endpoint: string,
): Readonly<Record<string, string>> => ({
  ...unit.environment,
  AWS_EXECUTION_ENV: `AWS_Lambda_${unit.runtime}`,
  AWS_REGION: unit.region,
  AWS_DEFAULT_REGION: unit.region,
  AWS_ENDPOINT_URL: endpoint,
  AWS_LAMBDA_FUNCTION_NAME: unit.name,
  AWS_LAMBDA_FUNCTION_VERSION: unit.version,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${unit.memory}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${unit.name}`,
  LAMBDA_TASK_ROOT: unit.folder,
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  _HANDLER: unit.handler,
});

/** The variables of one environment: where it logs, and the session that the AWS SDKs find its keys in. */
export const environmentVariables = (
  unit: FunctionUnit,
  keys: SessionKeys,
): Readonly<Record<string, string>> => ({
  AWS_LAMBDA_LOG_STREAM_NAME: unit.logStream,
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_SESSION_TOKEN: keys.sessionToken,
});
