import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';
import { environment } from './environment.ts';

const sfn = new SFNClient();

/** ARN of the execution that started a release; a release's id is its execution's name. */
export const executionOf = (release: string): string =>
  `${environment('releaseMachine').replace(':stateMachine:', ':execution:')}:${release}`;

const describe = async (executionArn: string) => {
  try {
    return await sfn.send(new DescribeExecutionCommand({ executionArn }));
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
};

/** Whether an execution is still running. */
export const isRunning = async (executionArn: string): Promise<boolean> =>
  (await describe(executionArn))?.status === 'RUNNING';

/** The pair of a release, read from the input of its execution: commands and answers name only the release. */
export const pairOf = async (release: string): Promise<string | undefined> => {
  if (!/^[0-9A-Za-z_-]{1,80}$/.test(release)) return undefined;
  const execution = await describe(executionOf(release));
  try {
    const { pair } = JSON.parse(execution?.input ?? '{}');
    return typeof pair === 'string' ? pair : undefined;
  } catch {
    return undefined;
  }
};
