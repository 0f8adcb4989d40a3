/** The command `tandem`: its verbs and their options. A verb's own file is loaded when it is used. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { failureText } from './failure.ts';
import { releaseVerbs } from './release-verbs.ts';
import { sandboxVerbs } from './sandbox-verbs.ts';

const { version, description } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

const program = (): Command => {
  const tandem = new Command('tandem')
    .description(description)
    .version(version)
    .helpCommand(false)
    .showHelpAfterError('(--help shows what is possible)');
  tandem.commandsGroup('Releases, in the account that the environment leads to:');
  for (const verb of releaseVerbs()) tandem.addCommand(verb);
  tandem.commandsGroup('On this machine:');
  for (const verb of sandboxVerbs()) tandem.addCommand(verb);
  return tandem;
};

/** Exit code of a program that SIGPIPE ended (128 + 13): what it was to do may not be done. */
const READER_GONE = 141;

/** Ends quietly when whoever reads our output has seen enough, as `head` has. */
const endWithReader = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? READER_GONE);
};

/** Runs the command with its parameters; what goes wrong is one sentence on standard error and exit code 1. */
export const main = async (parameters: readonly string[]): Promise<void> => {
  process.stdout.on('error', endWithReader);
  try {
    await program().parseAsync([...parameters], { from: 'user' });
  } catch (error) {
    process.stderr.write(`tandem: ${failureText(error)}\n`);
    process.exitCode = 1;
  }
};

if (import.meta.main) await main(process.argv.slice(2));
