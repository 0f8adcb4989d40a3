/** One handler as AWS sees it: its bundle, its log group, and a role with only what `infra/handlers.ts` lists. */
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { HOOKS, type HookName, hookFunction } from '../../core/drivers/hooks.ts';
import { handlerFunction, INVOKED_TRIGGERS, logGroup, TRIGGER_NAMES } from '../../core/names.ts';
import { arnOf, handlerRole } from '../arn.ts';
import { HANDLERS, type HandlerName } from '../handlers.ts';
import { inlineRole } from '../inline-role.ts';
import { sendTo } from './dead-letters.ts';
import { useTopicKey } from './topic-key.ts';
import { writeTraces } from './tracing.ts';

/** From where handlers reach a test listener that the internet cannot. */
export interface ProbeNetwork {
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
}

export interface HandlerSettings {
  /** Folder that holds `<name>/index.mjs` of every handler. */
  readonly bundles: string;
  readonly environment: Record<string, string>;
  readonly network?: ProbeNetwork | undefined;
  /** Takes the events on which a trigger failed at every try. */
  readonly undelivered: IQueue;
  readonly tracing: boolean;
  /** Key of the topics, if they have one. */
  readonly masterKey: IKey | undefined;
}

/** Whether events invoke the function, so that nobody hears of it when it fails. */
export const isEventDriven = (name: HandlerName): boolean =>
  TRIGGER_NAMES.some((trigger) => trigger === name) &&
  !INVOKED_TRIGGERS.some((trigger) => trigger === name);

const isHook = (name: HandlerName): name is HookName => Object.hasOwn(HOOKS, name);

/** Name of a handler's function: hooks carry the prefix that AWS's policies know. */
const functionNameOf = (name: HandlerName): string =>
  isHook(name) ? hookFunction(name) : handlerFunction(name);

/** `take-turn` as the id of a construct, a state or a substitution: `TakeTurn`. */
export const pascalCase = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const writeOwnLogs = (scope: Construct, functionName: string) =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [arnOf(scope, 'logs', `log-group:${logGroup(functionName)}:*`)],
  });

/** Lambda attaches a function to a VPC with the function's own role; most of these actions know no resource. */
const attachToVpc = () =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
  });

/** Makes the function of one handler. */
export const handlerOf = (
  scope: Construct,
  name: HandlerName,
  { bundles, environment, network, undelivered, tracing, masterKey }: HandlerSettings,
): LambdaFunction => {
  const { timeoutSeconds, memory, statements, probes } = HANDLERS[name];
  const functionName = functionNameOf(name);
  const place = probes ? network : undefined;
  const failures = isEventDriven(name) ? undelivered : undefined;
  const own = statements(scope);
  const role = inlineRole(
    scope,
    `${pascalCase(name)}Role`,
    'lambda.amazonaws.com',
    [
      writeOwnLogs(scope, functionName),
      ...own,
      ...useTopicKey(masterKey, own),
      ...(place ? [attachToVpc()] : []),
      ...(failures ? [sendTo(failures)] : []),
      ...(tracing ? [writeTraces()] : []),
    ],
    handlerRole(scope, name),
  );
  return new LambdaFunction(scope, pascalCase(name), {
    functionName,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(join(bundles, name), { exclude: ['*.map'] }),
    handler: 'index.handler',
    timeout: Duration.seconds(timeoutSeconds),
    memorySize: memory,
    environment,
    role,
    ...(tracing ? { tracing: Tracing.ACTIVE } : {}),
    logGroup: new LogGroup(scope, `${pascalCase(name)}Logs`, {
      logGroupName: logGroup(functionName),
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
    ...(failures ? { onFailure: new SqsDestination(failures) } : {}),
    ...(place ? { vpc: place.vpc, securityGroups: [place.securityGroup] } : {}),
  });
};
