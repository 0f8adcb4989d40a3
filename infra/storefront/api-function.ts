/** The sample's function, with the version and the alias that releases start from. */
import { dirname, join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  Code,
  FunctionUrlAuthType,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
  Version,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { arnOf } from '../arn.ts';
import { inlineRole } from '../inline-role.ts';

/** Name of the function. */
export const API_FUNCTION = 'storefront-api';
/** Name of the alias that users reach. */
export const API_ALIAS = 'live';

const folder = join(dirname(dirname(import.meta.dirname)), 'samples', 'api-function');

/** Makes function, first version, alias and the alias's URL. */
export const apiFunction = (scope: Construct) => {
  const logGroupName = `/aws/lambda/${API_FUNCTION}`;
  const api = new LambdaFunction(scope, 'Api', {
    functionName: API_FUNCTION,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(folder, { exclude: ['versions', '*.md'] }),
    handler: 'index.handler',
    timeout: Duration.seconds(10),
    memorySize: 256,
    role: inlineRole(scope, 'ApiRole', 'lambda.amazonaws.com', [
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [arnOf(scope, 'logs', `log-group:${logGroupName}:*`)],
      }),
    ]),
    logGroup: new LogGroup(scope, 'ApiLogs', {
      logGroupName,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
  // A version of its own instead of `currentVersion`: new code must not move the alias past a release.
  const version = new Version(scope, 'ApiBootstrap', {
    lambda: api,
    removalPolicy: RemovalPolicy.RETAIN,
  }) as IVersion;
  const alias = new Alias(scope, 'ApiLive', { aliasName: API_ALIAS, version });
  const url = alias.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  return { api, alias, url };
};
