import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { executionArn } from '../../core/names.ts';
import { isReleaseId, pairIn } from '../../core/release/input.ts';
import type { Failure } from '../../core/text/failure.ts';
import { sfn } from '../aws/sfn.ts';
import { environment } from '../function/environment.ts';

const describe = async (arn: string) => {
  try {
    return await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
};

/** Whether an execution is still running. */
export const isRunning = async (arn: string): Promise<boolean> =>
  (await describe(arn))?.status === 'RUNNING';

/** Stops an execution; one that has ended, or is gone, stays as it is. */
export const stopExecution = async (arn: string, cause: string): Promise<void> => {
  try {
    await sfn.send(new StopExecutionCommand({ executionArn: arn, cause }));
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
};

/** The failure with which an execution has ended; undefined for one that runs, succeeded, was stopped or is gone. */
export const failureOf = async (arn: string): Promise<Failure | undefined> => {
  const { error, cause } = (await describe(arn)) ?? {};
  return error ? { Error: error, Cause: cause ?? '' } : undefined;
};

/** The pair of a release, read from the input of its execution: commands and answers name only the release. */
export const pairOf = async (release: string): Promise<string | undefined> => {
  if (!isReleaseId(release)) return undefined;
  const execution = await describe(executionArn(environment('releaseMachine'), release));
  return pairIn(execution?.input);
};
