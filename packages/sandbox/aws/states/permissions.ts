/** Knows what IAM is asked before an operation of Step Functions. */
import type { Permission, Service } from '../../cloud.ts';
import { machineArn, machineOfExecution } from './arns.ts';

type Permissions = NonNullable<Service['permissions']>;

const on =
  (action: string, member: string): Permissions[string] =>
  (input) => [{ action: `states:${action}`, resource: input[member] ?? '*' }];

const table = (member: string, ...actions: string[]): Permissions =>
  Object.fromEntries(actions.map((action) => [action, on(action, member)]));

const passRole = (role: string | undefined): Permission[] =>
  role === undefined
    ? []
    : [{ action: 'iam:PassRole', resource: role, passedToService: 'states.amazonaws.com' }];

/** Permissions per operation; `executionOf` tells whose a task token is. */
export const statesPermissions = (
  account: string,
  executionOf: (token: string) => string | undefined,
): Permissions => {
  // AWS checks these against the state machine whose task waits.
  const token =
    (action: string): Permissions[string] =>
    ({ taskToken }) => {
      const execution = typeof taskToken === 'string' ? executionOf(taskToken) : undefined;
      const resource = execution === undefined ? '*' : machineOfExecution(execution);
      return [{ action: `states:${action}`, resource }];
    };
  return {
    ...table(
      'stateMachineArn',
      'DescribeStateMachine',
      'DeleteStateMachine',
      'ListExecutions',
      'StartExecution',
    ),
    ...table(
      'executionArn',
      'DescribeExecution',
      'DescribeStateMachineForExecution',
      'GetExecutionHistory',
      'RedriveExecution',
      'StopExecution',
    ),
    ...table('resourceArn', 'TagResource', 'UntagResource', 'ListTagsForResource'),
    CreateStateMachine: ({ name, roleArn }, { region }) => [
      { action: 'states:CreateStateMachine', resource: machineArn(region, account, name) },
      ...passRole(roleArn),
    ],
    UpdateStateMachine: ({ stateMachineArn, roleArn }) => [
      { action: 'states:UpdateStateMachine', resource: stateMachineArn },
      ...passRole(roleArn),
    ],
    SendTaskSuccess: token('SendTaskSuccess'),
    SendTaskFailure: token('SendTaskFailure'),
    SendTaskHeartbeat: token('SendTaskHeartbeat'),
  };
};
