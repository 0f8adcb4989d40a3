/** The verbs `hold`, `resume`, `promote` and `abort`: commands to the function `tandem-on-command`, from whoever may invoke it. */
import { Command } from 'commander';
import type { Command as Given } from '../core/protocol/command.ts';
import { COMMAND_TEXTS } from '../core/views/commands.ts';
import { BY, JSON_ONLY, RELEASE } from './option-texts.ts';

/** What a person may add to a command. */
interface CommandOptions {
  readonly reason?: string;
  readonly by?: string;
  readonly json?: boolean;
}

/** Sends a command to a release; throws the reason when it is refused. */
const send = async (
  command: Given['command'],
  release: string,
  { reason = '', by, json }: CommandOptions,
): Promise<void> => {
  const { openNamedAccount } = await import('./named-account.ts');
  const { commandsOf } = await import('../account/commands.ts');
  const account = await openNamedAccount();
  const given: Given = { releaseId: release, command, by: by ?? account.caller, reason };
  const reply = await commandsOf(account)(given);
  if (!reply.accepted) throw new Error(`refused: ${reply.text}`);
  const done = { release, command, ...reply };
  process.stdout.write(`${json ? JSON.stringify(done) : reply.text}\n`);
};

/** The verb of a command. */
export const commandVerb = (command: Given['command']): Command =>
  new Command(command)
    .description(COMMAND_TEXTS[command])
    .argument('<release>', RELEASE)
    .option('--reason <text>', 'why; it is recorded in the ledger')
    .option('--by <name>', BY)
    .option('--json', JSON_ONLY)
    .action((release, options) => send(command, release, options));
