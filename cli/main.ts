/** The command `tandem`: its verbs and their options. A verb's own file is loaded when it is used. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { meant } from '../core/text/faults.ts';
import { screenful } from '../core/text/few.ts';
import { endWithOutput } from '../rehearsal/terminal/broken-output.ts';
import { failureText } from './failure.ts';
import { changingVerbs, readingVerbs } from './release-verbs.ts';
import { sandboxVerbs } from './sandbox-verbs.ts';

const { version, description } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

const SEE_HELP = '(npx tandem help lists the verbs)';

/** Refuses an unknown verb. Only a verb that changes nothing is suggested: what was meant is not known. */
const refuseUnknown = (tandem: Command, harmless: readonly string[], [verb = '']: string[]) =>
  tandem.error(`error: there is no verb ${verb}${meant(verb, harmless)}`);

const program = (): Command => {
  const tandem = new Command('tandem')
    .description(description)
    .version(version)
    .helpCommand('help [verb]', 'shows what a verb does, and its options')
    .showSuggestionAfterError(false)
    .showHelpAfterError(SEE_HELP);
  const [reading, changing, local] = [readingVerbs(), changingVerbs(), sandboxVerbs()];
  tandem.commandsGroup('Look at releases (account and Region come from your AWS environment):');
  for (const verb of reading) tandem.addCommand(verb);
  tandem.commandsGroup('Start and steer releases:');
  for (const verb of changing) tandem.addCommand(verb);
  tandem.commandsGroup('On this machine:');
  for (const verb of local) tandem.addCommand(verb);
  tandem.addCommand(
    new Command('version')
      .description('prints the version of this command')
      .action(() => void process.stdout.write(`${version}\n`)),
  );
  const harmless = [...reading, ...local].map((verb) => verb.name());
  tandem.on('command:*', (operands: string[]) =>
    refuseUnknown(tandem, [...harmless, 'help', 'version'], operands),
  );
  return tandem;
};

/** Runs the command with its parameters; what goes wrong is one sentence on standard error and exit code 1. */
export const main = async (parameters: readonly string[]): Promise<void> => {
  endWithOutput();
  try {
    await program().parseAsync([...parameters], { from: 'user' });
  } catch (error) {
    process.stderr.write(`tandem: ${screenful(failureText(error))}\n`);
    process.exitCode = 1;
  }
};

if (import.meta.main) await main(process.argv.slice(2));
