/** ARNs of resources that a stack knows by name only, in its own partition, Region and account. */
import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { handlerFunction } from '../core/names.ts';

/** `arn:…:<service>:<region>:<account>:<resource>`; `resource` is everything behind the account. */
export const arnOf = (scope: Construct, service: string, resource: string): string =>
  Arn.format({ service, resource, arnFormat: ArnFormat.NO_RESOURCE_NAME }, Stack.of(scope));

/** ARN of a state machine. */
export const machineArn = (scope: Construct, name: string): string =>
  arnOf(scope, 'states', `stateMachine:${name}`);

/** ARN of every execution of a state machine. */
export const executionsArn = (scope: Construct, name: string): string =>
  arnOf(scope, 'states', `execution:${name}:*`);

/** ARN of an SNS topic. */
export const topicArn = (scope: Construct, name: string): string => arnOf(scope, 'sns', name);

/** ARN of a role by its path and name; roles have no Region. */
export const roleArn = (scope: Construct, pathAndName: string): string =>
  Arn.format(
    { service: 'iam', region: '', resource: 'role', resourceName: pathAndName },
    Stack.of(scope),
  );

/** Path of the roles that pairs bring for steps of Tandem: all that these may assume, so their own policies never grow. */
export const pairRolePath = (scope: Construct): string => `/tandem/${Stack.of(scope).region}/`;

/** Name of a handler's role. Roles have no Region, so their names carry it: Tandem may live in several. */
export const handlerRole = (scope: Construct, handler: string): string =>
  `${handlerFunction(handler)}-${Stack.of(scope).region}`;
