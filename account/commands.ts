/** Sends commands to releases: hold, resume, promote and abort, through the function `tandem-on-command`. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { handlerFunction } from '../core/names.ts';
import type { Command } from '../core/protocol/command.ts';
import type { Account } from './account.ts';

/** Whether a command or an answer was accepted, and the reply in a sentence. */
export interface Reply {
  readonly accepted: boolean;
  readonly text: string;
}

/** Gives the function that sends a command. It throws when the command could not be read or carried out. */
export const commandsOf = (account: Account): ((command: Command) => Promise<Reply>) => {
  const lambda = account.client(LambdaClient);
  return async (command) => {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({
        FunctionName: handlerFunction('on-command'),
        Payload: JSON.stringify(command),
      }),
    );
    const reply = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || '{}');
    if (FunctionError)
      throw new Error(`the command failed: ${reply.errorMessage ?? FunctionError}`);
    return reply;
  };
};
