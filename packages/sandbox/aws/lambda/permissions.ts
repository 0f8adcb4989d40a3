/** What IAM is asked before an operation of Lambda (actions and resources of AWS's service authorization reference). */
import type { Caller, Cloud, Permission } from '../../cloud.ts';
import { referenceOf } from './arns.ts';

type Ask = (input: any, caller: Caller) => readonly Permission[];

/** Operations on a function, authorised on its ARN without a qualifier. */
const ON_FUNCTION = [
  'CreateAlias',
  'DeleteAlias',
  'DeleteFunctionConcurrency',
  'GetAlias',
  'GetFunctionConcurrency',
  'ListAliases',
  'ListFunctionUrlConfigs',
  'ListVersionsByFunction',
  'PublishVersion',
  'PutFunctionConcurrency',
  'UpdateAlias',
  'UpdateFunctionCode',
  'UpdateFunctionConfiguration',
];

/** Operations authorised on the very function, version or alias that the caller names. */
const ON_QUALIFIED = [
  'AddPermission',
  'CreateFunctionUrlConfig',
  'DeleteFunction',
  'DeleteFunctionEventInvokeConfig',
  'DeleteFunctionUrlConfig',
  'GetFunction',
  'GetFunctionConfiguration',
  'GetFunctionEventInvokeConfig',
  'GetFunctionUrlConfig',
  'GetPolicy',
  'GetProvisionedConcurrencyConfig',
  'PutFunctionEventInvokeConfig',
  'RemovePermission',
];

const ON_RESOURCE = ['TagResource', 'UntagResource', 'ListTags'];

/** Makes the table of permissions. */
export const lambdaPermissions = (cloud: Cloud): Readonly<Record<string, Ask>> => {
  const named = (operations: readonly string[], ask: (operation: string) => Ask) =>
    operations.map((operation) => [operation, ask(operation)] as const);
  const passRole = (role: string): Permission => ({
    action: 'iam:PassRole',
    resource: role,
    passedToService: 'lambda.amazonaws.com',
  });
  const onFunction =
    (operation: string): Ask =>
    (input, caller) => [
      { action: `lambda:${operation}`, resource: referenceOf(cloud, input, caller).arn },
    ];
  const onQualified =
    (action: string): Ask =>
    (input, caller) => [
      { action: `lambda:${action}`, resource: referenceOf(cloud, input, caller).qualifiedArn },
    ];

  return {
    ...Object.fromEntries(named(ON_FUNCTION, onFunction)),
    ...Object.fromEntries(named(ON_QUALIFIED, onQualified)),
    ...Object.fromEntries(
      named(ON_RESOURCE, (operation) => ({ Resource }) => [
        { action: `lambda:${operation}`, resource: Resource },
      ]),
    ),
    Invoke: onQualified('InvokeFunction'),
    CreateFunction: (input, caller) => [
      ...onFunction('CreateFunction')(input, caller),
      ...(input.Role ? [passRole(input.Role)] : []),
    ],
    UpdateFunctionConfiguration: (input, caller) => [
      ...onFunction('UpdateFunctionConfiguration')(input, caller),
      ...(input.Role ? [passRole(input.Role)] : []),
    ],
  };
};
