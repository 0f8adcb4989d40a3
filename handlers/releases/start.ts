import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { environment } from '../function/environment.ts';

const sfn = new SFNClient();

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
