/** The command `tandem`: its verbs. Each loads the clients of AWS and the sandbox that it needs when it is used. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { meant } from '../core/text/faults.ts';
import { screenful } from '../core/text/few.ts';
import { endWithOutput } from '../rehearsal/terminal/broken-output.ts';
import { failureText } from './failure.ts';
import { abortVerb } from './verbs/abort.ts';
import { approveVerb } from './verbs/approve.ts';
import { backtestVerb } from './verbs/backtest.ts';
import { checkVerb } from './verbs/check.ts';
import { doctorVerb } from './verbs/doctor.ts';
import { getVerb } from './verbs/get.ts';
import { holdVerb } from './verbs/hold.ts';
import { listVerb } from './verbs/list.ts';
import { pairsVerb } from './verbs/pairs.ts';
import { previewPushVerb } from './verbs/preview-push.ts';
import { promoteVerb } from './verbs/promote.ts';
import { rehearseVerb } from './verbs/rehearse.ts';
import { rejectVerb } from './verbs/reject.ts';
import { replayVerb } from './verbs/replay.ts';
import { resumeVerb } from './verbs/resume.ts';
import { sandboxVerb } from './verbs/sandbox.ts';
import { simulateVerb } from './verbs/simulate.ts';
import { startVerb } from './verbs/start.ts';
import { undoVerb } from './verbs/undo.ts';
import { versionVerb } from './verbs/version.ts';
import { watchVerb } from './verbs/watch.ts';

const { version, description } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** The verbs that change nothing, in the order in which help lists them. */
const readingVerbs = (): readonly Command[] => [
  listVerb(),
  getVerb(),
  watchVerb(),
  replayVerb(),
  pairsVerb(),
  checkVerb(),
  previewPushVerb(),
  backtestVerb(),
  doctorVerb(),
];

/** The verbs that change something, in the order in which help lists them; no mistyped word is taken for one. */
const changingVerbs = (): readonly Command[] => [
  startVerb(),
  approveVerb(),
  rejectVerb(),
  holdVerb(),
  resumeVerb(),
  promoteVerb(),
  abortVerb(),
  undoVerb(),
];

/** The verbs that need no account, in the order in which help lists them. */
const localVerbs = (): readonly Command[] => [sandboxVerb(), rehearseVerb(), simulateVerb()];

const SEE_HELP = '(npx tandem help lists the verbs)';

/** Refuses an unknown verb. Only a verb that changes nothing is suggested: what was meant is not known. */
const refuseUnknown = (tandem: Command, harmless: readonly string[], [verb = '']: string[]) =>
  tandem.error(`error: there is no verb ${verb}${meant(verb, harmless)}`);

/** The command with all its verbs. */
export const program = (): Command => {
  const tandem = new Command('tandem')
    .description(description)
    .version(version)
    .helpCommand('help [verb]', 'shows what a verb does, and its options')
    .showSuggestionAfterError(false)
    .showHelpAfterError(SEE_HELP);
  const [reading, changing, local] = [readingVerbs(), changingVerbs(), localVerbs()];
  tandem.commandsGroup('Look at releases (account and Region come from your AWS environment):');
  for (const verb of reading) tandem.addCommand(verb);
  tandem.commandsGroup('Start and steer releases:');
  for (const verb of changing) tandem.addCommand(verb);
  tandem.commandsGroup('On this machine:');
  for (const verb of local) tandem.addCommand(verb);
  tandem.addCommand(versionVerb(version));
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
