/** `tandem hold`, `resume`, `promote` and `abort`: orders, which `tandem-on-command` takes from whoever may invoke it. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Command } from '../core/events/command.ts';
import { handlerFunction } from '../core/names.ts';
import { openAccount } from './account.ts';

/** What people may say with an order. */
export interface OrderOptions {
  readonly reason?: string;
  readonly by?: string;
}

/** Gives an order; throws what the release says when it is not taken. */
export const order = async (
  command: Command['command'],
  release: string,
  { reason = '', by }: OrderOptions,
): Promise<void> => {
  const account = await openAccount();
  const given: Command = { releaseId: release, command, by: by ?? account.caller, reason };
  const { Payload, FunctionError } = await account.client(LambdaClient).send(
    new InvokeCommand({
      FunctionName: handlerFunction('on-command'),
      Payload: JSON.stringify(given),
    }),
  );
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || '{}');
  if (FunctionError) throw new Error(`the order failed: ${answer.errorMessage ?? FunctionError}`);
  if (!answer.accepted) throw new Error(`not taken: ${answer.text}`);
  process.stdout.write(`taken: ${answer.text}\n`);
};
