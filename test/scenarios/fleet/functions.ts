/** One function of the fleet, with the version and the alias that releases start from. */
import { dirname, join } from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Code,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
  Version,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { LambdaHalf } from '../../../infra/pair/props.ts';

const code = join(dirname(dirname(dirname(import.meta.dirname))), 'samples', 'api-function');

/** Makes a function that runs the storefront's code, ready to be a target of this name. */
export const fleetFunction = (scope: Construct, id: string, name: string): LambdaHalf => {
  const own = new Construct(scope, id);
  const made = new LambdaFunction(own, 'Function', {
    functionName: id,
    runtime: Runtime.NODEJS_24_X,
    code: Code.fromAsset(code, { exclude: ['versions', '*.md'] }),
    handler: 'index.handler',
    role: new Role(own, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
  });
  const version = new Version(own, 'First', {
    lambda: made,
    removalPolicy: RemovalPolicy.RETAIN,
  }) as IVersion;
  const alias = new Alias(own, 'Live', { aliasName: 'live', version });
  return { name, function: made, alias, checks: [{ event: { path: '/health' }, status: 200 }] };
};
