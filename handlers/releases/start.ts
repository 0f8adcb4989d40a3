import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { sfn } from '../aws/sfn.ts';
import { environment } from '../function/environment.ts';

/** Starts the release machine under a name; false when an execution of that name was there before. */
export const startExecution = async (name: string, input: unknown): Promise<boolean> => {
  try {
    await sfn.send(
      new StartExecutionCommand({
        stateMachineArn: environment('releaseMachine'),
        name,
        input: JSON.stringify(input),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return false;
    throw error;
  }
};
