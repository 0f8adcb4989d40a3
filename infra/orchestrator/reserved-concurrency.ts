/** Concurrent executions that the functions which bring users back have for themselves, whatever else the account runs. */
import { Annotations } from 'aws-cdk-lib';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { HOOKS } from '../../core/drivers/hooks.ts';
import type { HandlerName } from '../handlers.ts';

/** Executions for each function, unless the owner of the stack says otherwise: a score of rollbacks share three. */
export const RESERVED_CONCURRENCY = 3;

/** What AWS keeps unreserved at least in an account with the default quota of 1,000. */
const LEAST_UNRESERVED = 100;

/**
 * What a release needs from its shift to its end, a recovery first of all, and people who abort. Steps before the shift
 * may wait: no user has met green yet.
 */
const BRINGS_BACK: readonly HandlerName[] = [
  'validate-release',
  'observe',
  'listen',
  'decide',
  'answer-target',
  'set-scaling',
  'take-back-target',
  'close-release',
  ...(Object.keys(HOOKS) as (keyof typeof HOOKS)[]),
  'on-command',
  'on-execution-end',
  'on-schedule',
];

/** Reserves them, and says how many with those `forThePage`; throws a sentence for a number that would keep the functions from running. */
export const reserveConcurrency = (
  scope: Construct,
  functions: Readonly<Record<HandlerName, LambdaFunction>>,
  each: number | false,
  forThePage = 0,
): void => {
  if (each === false) return;
  if (!Number.isInteger(each) || each < 1)
    throw new Error(
      `reservedConcurrency is ${each}, but it is a whole number of executions for each function, at least 1. false reserves none.`,
    );
  for (const name of BRINGS_BACK)
    (functions[name].node.defaultChild as CfnFunction).reservedConcurrentExecutions = each;
  const sum = each * BRINGS_BACK.length + forThePage;
  const page = forThePage > 0 ? `, and ${forThePage} for the approval page` : '';
  Annotations.of(scope).addInfo(
    `Tandem reserves ${sum} concurrent executions of Lambda: ${each} for each of the ${BRINGS_BACK.length} functions that bring users back${page}. AWS keeps ${LEAST_UNRESERVED} unreserved, so it refuses the stack where fewer than ${sum + LEAST_UNRESERVED} are unreserved now (aws lambda get-account-settings). There, ask AWS for more, or set reservedConcurrency to false in the environment's file (or of OrchestratorStack).`,
  );
};
