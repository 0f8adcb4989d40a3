/** `tandem hold`, `resume`, `promote` and `abort`: commands to the function `tandem-on-command`, from whoever may invoke it. */
import { openAccount } from '../../account/account.ts';
import { commandsOf } from '../../account/commands.ts';
import type { Command } from '../../core/protocol/command.ts';

/** What a person may add to a command. */
export interface OrderOptions {
  readonly reason?: string;
  readonly by?: string;
  readonly json?: boolean;
}

/** Sends a command to a release; throws the reason when it is refused. */
export const order = async (
  command: Command['command'],
  release: string,
  { reason = '', by, json }: OrderOptions,
): Promise<void> => {
  const account = await openAccount();
  const given: Command = { releaseId: release, command, by: by ?? account.caller, reason };
  const answer = await commandsOf(account)(given);
  if (!answer.accepted) throw new Error(`refused: ${answer.text}`);
  const done = { release, command, ...answer };
  process.stdout.write(`${json ? JSON.stringify(done) : answer.text}\n`);
};
