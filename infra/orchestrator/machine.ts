/** A state machine: plain States Language from a file, with the ARNs of its steps put in by name. */
import { existsSync, readFileSync } from 'node:fs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { arnOf, machineArn } from '../arn.ts';
import { inlineRole } from '../inline-role.ts';
import { writeTraces } from './tracing.ts';

export interface MachineProps {
  readonly name: string;
  /** Path of the `.asl.json` file. */
  readonly definition: string;
  /** ARN of each function that the definition may name as `${<key>}`; `${Partition}` is there always. */
  readonly steps: Readonly<Record<string, string>>;
  /** ARNs of functions that executions of an earlier definition still invoke. */
  readonly earlier?: readonly string[];
  /** Machines that this one may start and wait for (`startExecution.sync:2`), by the key in the definition. */
  readonly machines?: Readonly<Record<string, StateMachine>>;
  readonly tracing: boolean;
}

const allow = (actions: string[], ...resources: string[]) =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources });

const invoke = (functions: readonly string[]) => allow(['lambda:InvokeFunction'], ...functions);

/** `.sync:2` starts the other machine, asks for its end, stops it when it is itself stopped, and hears of its end by a rule. */
const startAndWait = (scope: Construct, machine: string) => [
  allow(['states:StartExecution'], machineArn(scope, machine)),
  allow(
    ['states:DescribeExecution', 'states:StopExecution'],
    arnOf(scope, 'states', `execution:${machine}:*`),
  ),
  allow(
    ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    arnOf(scope, 'events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'),
  ),
];

/** Names of the machines that a definition starts: those that it names, and itself where it says so. */
const startedBy = (
  text: string,
  { itself, others }: { readonly itself: string; readonly others: readonly StateMachine[] },
): readonly string[] => [
  ...others.map(({ stateMachineName }) => stateMachineName),
  ...(text.includes('$states.context.StateMachine.Id') ? [itself] : []),
];

/** Delivery of logs knows no resource-level permission. */
const deliverLogs = () =>
  allow(
    [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
    '*',
  );

/** What a definition names for the partition of its Resources: `aws`, or that of China or GovCloud. */
const PARTITION = 'Partition';

/** Makes a machine that may invoke exactly the functions that its definition, or an earlier one, names. Throws for a name that nobody has. */
export const machineOf = (
  scope: Construct,
  id: string,
  { name, definition, steps, earlier = [], machines = {}, tracing }: MachineProps,
): StateMachine => {
  if (!existsSync(definition))
    throw new Error(`The state machine ${name} needs its definition in ${definition}.`);
  const text = readFileSync(definition, 'utf8');
  const named = [...new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, key]) => key!))]
    .filter((key) => key !== PARTITION)
    .sort();
  const unknown = named.filter((key) => !steps[key] && !machines[key]);
  if (unknown.length > 0)
    throw new Error(
      `The state machine ${name} names ${unknown.join(', ')}, which is neither a step nor a machine. ` +
        `Steps are listed in core/names.ts.`,
    );
  const functions = [...named.flatMap((key) => steps[key] ?? []), ...earlier];
  const others = named.flatMap((key) => machines[key] ?? []);

  return new StateMachine(scope, id, {
    stateMachineName: name,
    definitionBody: DefinitionBody.fromString(text),
    definitionSubstitutions: {
      [PARTITION]: Stack.of(scope).partition,
      ...Object.fromEntries(
        named.map((key) => [key, steps[key] ?? machines[key]!.stateMachineArn]),
      ),
    },
    role: inlineRole(scope, `${id}Role`, 'states.amazonaws.com', [
      ...(functions.length > 0 ? [invoke(functions)] : []),
      ...startedBy(text, { itself: name, others }).flatMap((one) => startAndWait(scope, one)),
      deliverLogs(),
      ...(tracing ? [writeTraces()] : []),
    ]),
    tracingEnabled: tracing,
    logs: {
      destination: new LogGroup(scope, `${id}Logs`, {
        logGroupName: `/aws/vendedlogs/states/${name}`,
        retention: RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      level: LogLevel.ERROR,
      // Execution data holds task tokens: whoever reads the log could complete them.
      includeExecutionData: false,
    },
  });
};
