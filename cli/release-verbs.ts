/** Verbs about releases of an account: AWS or a sandbox, whichever the environment leads to. */
import { Command } from 'commander';
import type { Word } from '../core/waits.ts';
import { EXIT_CODES_TEXT } from './exit-codes.ts';
import { limitOf } from './options.ts';
import { WORDS } from './words.ts';

const RELEASE = 'id of the release: the name of its execution';
const NEWEST = `${RELEASE} (default: the newest)`;
const JSON_ONLY = 'prints one JSON document';
const BY = 'who says so (default: the caller, by the name in its ARN)';

const listVerb = () =>
  new Command('list')
    .description('lists releases, newest first')
    .argument('[pair]', 'name of the pair (default: all)')
    .option('--limit <count>', 'at most so many', limitOf, 20)
    .option('--all', 'all of them, not only the newest')
    .option('--json', JSON_ONLY)
    .action(async (pair, options) => (await import('./list.ts')).list(pair, options));

const getVerb = () =>
  new Command('get')
    .description('shows a release as it stands: lanes, what it waits for, its ledger')
    .argument('[release]', NEWEST)
    .option('--json', JSON_ONLY)
    .action(async (release, options) => (await import('./get.ts')).get(release, options));

const watchVerb = () =>
  new Command('watch')
    .description('shows a release until its end; the exit code says how it ended')
    .argument('[release]', NEWEST)
    .addHelpText('after', `\nExit codes: ${EXIT_CODES_TEXT}.`)
    .action(async (release) => (await import('./watch.ts')).watch(release));

const collected = (value: string, before: readonly string[] = []) => [...before, value];

const startVerb = () =>
  new Command('start')
    .description('starts a release and prints its id')
    .argument(
      '[file]',
      'JSON that follows docs/release.schema.json, e.g. samples/releases/both.json',
    )
    .option('--pair <name>', 'the pair')
    .option('--web <image>', 'image for the target web, e.g. storefront-web:2.0.0')
    .option('--api <version>', 'version for the target api: a number, or latest')
    .option(
      '--target <name=revision>',
      'the same for a target of any other name, e.g. prices=latest; again for each',
      collected,
    )
    .showHelpAfterError(
      '(A target that is not called web or api: --target <name>=<revision>. All options: --help)',
    )
    .option('--reason <text>', 'why')
    .option('--by <name>', 'who asks (default: what the file says, else the caller)')
    .option('--author <name>', 'who wrote what it brings; again for each', collected)
    .option(
      '--change <file>',
      'JSON with the facts of the change, by which its risk is told (docs/judgement.md)',
    )
    .option('--name <id>', 'id of the release (default: the pair and a random number)')
    .option('--watch', 'shows it until its end')
    .action(async (file, options) => (await import('./start.ts')).start(file, options));

const backtestVerb = () =>
  new Command('backtest')
    .description('judges past releases again, by the policy of today and by a changed one')
    .argument('[pair]', 'name of the pair (default: all)')
    .option('--policy <file>', 'JSON with the members of judgement that change')
    .option(
      '--set <member=value>',
      'changes one of them, e.g. margin=1.5; again for each',
      collected,
    )
    .option('--limit <count>', 'at most so many, the newest', limitOf, 50)
    .option('--all', 'all of them, not only the newest')
    .option('--json', JSON_ONLY)
    .action(async (pair, options) => (await import('./backtest.ts')).backtest(pair, options));

const undoVerb = () =>
  new Command('undo')
    .description('starts the release that takes a promoted one back to what it came from')
    .argument('<release>', RELEASE)
    .option('--reason <text>', 'why')
    .option('--by <name>', BY)
    .option('--watch', 'shows it until its end')
    .action(async (release, options) => (await import('./undo.ts')).undo(release, options));

const orderVerb = (command: Exclude<Word, 'approve' | 'reject'>) =>
  new Command(command)
    .description(WORDS[command])
    .argument('<release>', RELEASE)
    .option('--reason <text>', 'why; it stands in the ledger')
    .option('--by <name>', BY)
    .action(async (release, options) =>
      (await import('./order.ts')).order(command, release, options),
    );

const answerVerb = (word: 'approve' | 'reject') =>
  new Command(word)
    .description(WORDS[word])
    .argument('<release>', RELEASE)
    .option('--comment <text>', 'what you say with it')
    .option('--by <name>', BY)
    .action(async (release, options) =>
      (await import('./answer.ts')).answer(
        word === 'approve' ? 'APPROVE' : 'REJECT',
        release,
        options,
      ),
    );

/** The verbs, in the order in which help lists them. */
export const releaseVerbs = (): readonly Command[] => [
  listVerb(),
  getVerb(),
  watchVerb(),
  startVerb(),
  answerVerb('approve'),
  answerVerb('reject'),
  orderVerb('hold'),
  orderVerb('resume'),
  orderVerb('promote'),
  orderVerb('abort'),
  undoVerb(),
  backtestVerb(),
];
