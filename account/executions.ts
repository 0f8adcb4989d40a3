/** The executions of the machine that releases: each starts a release, or continues one. */
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { executionArn, RELEASE_MACHINE } from '../core/names.ts';
import type { Account } from './account.ts';

/** An execution in a list. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
}

/** What an execution was given, and how it ended if it has. */
interface Described {
  readonly status: string;
  readonly input: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** Reads and starts the executions of one account. */
export interface Executions {
  /** The newest executions, at most `most` of them (default: one page). */
  newest(most?: number): Promise<readonly Execution[]>;
  describe(arn: string): Promise<Described>;
  /** The execution that started a release; undefined when there is none, or AWS has deleted it after 90 days. */
  of(release: string): Promise<Described | undefined>;
  /** Starts an execution and returns its ARN. Throws when another release has the name. */
  start(input: unknown, name?: string): Promise<string>;
}

/** Opens the executions of an account. */
export const executionsOf = (account: Account): Executions => {
  const sfn = account.client(SFNClient);
  const stateMachineArn = account.arn('states', `stateMachine:${RELEASE_MACHINE}`);

  const describe: Executions['describe'] = async (arn) => {
    const {
      status = '',
      input,
      error,
      cause,
    } = await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    return { status, input, error, cause };
  };

  return {
    newest: async (most) => {
      const { executions = [] } = await sfn.send(
        new ListExecutionsCommand({ stateMachineArn, ...(most ? { maxResults: most } : {}) }),
      );
      return executions.map(({ executionArn: arn = '', name = '', status = '' }) => ({
        ...{ arn, name, status },
      }));
    },

    describe,

    of: (release) =>
      describe(executionArn(stateMachineArn, release)).catch((error: unknown) => {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }),

    start: async (input, name) => {
      const { executionArn: arn = '' } = await sfn
        .send(
          new StartExecutionCommand({
            stateMachineArn,
            input: JSON.stringify(input),
            ...(name === undefined ? {} : { name }),
          }),
        )
        .catch((error: unknown) => {
          if (!(error instanceof ExecutionAlreadyExists)) throw error;
          throw new Error(`There is a release ${name} already: choose another --name`);
        });
      return arn;
    },
  };
};
