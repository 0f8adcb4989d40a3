/** Verbs about releases of an account: AWS or a sandbox, whichever the environment leads to. */
import { Command } from 'commander';
import type { Word } from '../core/record/waiting.ts';
import { EXIT_CODES_TEXT } from './exit-codes.ts';
import { curveOf, limitOf, minutesOf, sinceOf } from './options.ts';
import { WORDS } from './words.ts';

const RELEASE = 'id of the release: the name of its execution';
const NEWEST = `${RELEASE} (default: the newest)`;
const NEWEST_OF = 'the newest release of this pair';
const JSON_ONLY = 'prints one JSON document';
const JSON_LINES = 'prints one JSON document a line';
const WATCH = 'shows it until its end';
const BY = 'who says so (default: the caller, by the name in its ARN)';

const collected = (value: string, before: readonly string[] = []) => [...before, value];

const listVerb = () =>
  new Command('list')
    .description('lists releases, newest first')
    .argument('[pair]', 'name of the pair (default: all)')
    .option('--since <when>', 'started since then: a date (2026-11-23), 12h or 7d', sinceOf)
    .option('--limit <count>', 'at most this many', limitOf, 20)
    .option('--all', 'all of them, not only the newest')
    .option('--json', JSON_ONLY)
    .action(async (pair, options) => (await import('./verbs/list.ts')).list(pair, options));

const doctorVerb = () =>
  new Command('doctor')
    .description('has the functions of Tandem try their permissions in CodeDeploy; changes nothing')
    .option('--json', JSON_ONLY)
    .addHelpText('after', '\nExit codes: 0 every call is allowed; 2 one is not, or is unclear.')
    .action(async (options) => (await import('./verbs/doctor.ts')).doctor(options));

const getVerb = () =>
  new Command('get')
    .description('shows a release: its phase, its targets, what it is waiting for, its ledger')
    .argument('[release]', NEWEST)
    .option('--pair <name>', NEWEST_OF)
    .option('--json', JSON_ONLY)
    .action(async (release, options) => (await import('./verbs/get.ts')).get(release, options));

const watchVerb = () =>
  new Command('watch')
    .description('shows a release until its end; the exit code says how it ended')
    .argument('[release]', NEWEST)
    .option('--pair <name>', NEWEST_OF)
    .option('--json', JSON_LINES)
    .addHelpText('after', `\nExit codes: ${EXIT_CODES_TEXT}.`)
    .action(async (release, options) => (await import('./verbs/watch.ts')).watch(release, options));

/** The verb with the options that make the input of a release. */
const withInput = (verb: Command): Command =>
  verb
    .argument(
      '[file]',
      'JSON that follows docs/release.schema.json, e.g. samples/releases/both.json',
    )
    .option('--pair <name>', 'the pair')
    .option(
      '--target <name=revision>',
      'image or version for a target, e.g. web=storefront-web:2.0.0 or api=latest (repeatable)',
      collected,
    )
    .option('--curve <curve>', 'all-at-once, canary:10:5 or linear:10:1 (percent:minutes)', curveOf)
    .option('--bake <minutes>', 'minutes with all traffic on green before the decision', minutesOf)
    .option('--guard <minutes>', 'minutes that blue is kept after the decision', minutesOf)
    .option('--reason <text>', 'why')
    .option('--again <why>', 'why a revision is released again that was rolled back before')
    .option(
      '--under-red-alarms <reason>',
      'releases though alarms are red already; says why. Alarms that turn red later still roll back',
    )
    .option('--by <name>', 'who requests it (default: what the file says, else the caller)')
    .option('--author <name>', 'author of the change (repeatable)', collected)
    .option(
      '--change <file>',
      'JSON with the facts of the change, for an estimate of its risk (docs/judgement.md)',
    )
    .showSuggestionAfterError(false)
    .showHelpAfterError(
      '(A target is named by --target, e.g. --target web=storefront-web:2.0.0. All options: --help)',
    );

const startVerb = () =>
  withInput(new Command('start'))
    .description('starts a release and prints its id')
    .option('--name <id>', 'id of the release (default: the pair and a random number)')
    .option('--watch', WATCH)
    .option('--json', JSON_LINES)
    .action(async (file, options) => (await import('./verbs/start.ts')).start(file, options));

const checkVerb = () =>
  withInput(new Command('check'))
    .description('checks the input of a release without starting it; needs no credentials')
    .option('--account', 'looks up pair, images and versions in the account, too')
    .option('--json', JSON_ONLY)
    .action(async (file, options) => (await import('./verbs/check.ts')).check(file, options));

const backtestVerb = () =>
  new Command('backtest')
    .description('judges past releases again, by the policy of today and by a changed one')
    .argument('[pair]', 'name of the pair (default: all)')
    .option('--policy <file>', 'JSON with the members of judgement that change')
    .option('--set <member=value>', 'changes one of them, e.g. margin=1.5 (repeatable)', collected)
    .option('--limit <count>', 'at most this many, the newest', limitOf, 50)
    .option('--all', 'all of them, not only the newest')
    .option('--json', JSON_ONLY)
    .action(async (pair, options) => (await import('./verbs/backtest.ts')).backtest(pair, options));

const previewPushVerb = () =>
  new Command('preview-push')
    .description('shows what a push of an image tag would release, and starts nothing')
    .argument('<pair>', 'name of the pair')
    .argument('<tag>', 'tag of the image, e.g. 2.0.0')
    .option('--repository <name>', 'repository (default: those of the pair)')
    .option('--json', JSON_ONLY)
    .action(async (pair, tag, options) =>
      (await import('./verbs/preview-push.ts')).previewPush(pair, tag, options),
    );

const undoVerb = () =>
  new Command('undo')
    .description('starts the release that rolls a promoted one back')
    .argument('<release>', RELEASE)
    .option('--reason <text>', 'why')
    .option('--by <name>', BY)
    .option('--watch', WATCH)
    .option('--json', JSON_LINES)
    .action(async (release, options) => (await import('./verbs/undo.ts')).undo(release, options));

const orderVerb = (command: Exclude<Word, 'approve' | 'reject'>) =>
  new Command(command)
    .description(WORDS[command])
    .argument('<release>', RELEASE)
    .option('--reason <text>', 'why; it is recorded in the ledger')
    .option('--by <name>', BY)
    .option('--json', JSON_ONLY)
    .action(async (release, options) =>
      (await import('./verbs/order.ts')).order(command, release, options),
    );

const answerVerb = (word: 'approve' | 'reject') =>
  new Command(word)
    .description(WORDS[word])
    .argument('<release>', RELEASE)
    .option('--comment <text>', 'what you say with it')
    .option('--by <name>', BY)
    .option('--json', JSON_ONLY)
    .action(async (release, options) =>
      (await import('./verbs/answer.ts')).answer(
        word === 'approve' ? 'APPROVE' : 'REJECT',
        release,
        options,
      ),
    );

const pairsVerb = () =>
  new Command('pairs')
    .description('lists the pairs of the account')
    .option('--json', JSON_ONLY)
    .action(async (options) => (await import('./verbs/pairs.ts')).pairs(options));

/** The verbs that change nothing, in the order in which help lists them. */
export const readingVerbs = (): readonly Command[] => [
  listVerb(),
  getVerb(),
  watchVerb(),
  pairsVerb(),
  checkVerb(),
  previewPushVerb(),
  backtestVerb(),
  doctorVerb(),
];

/** The verbs that change something, in the order in which help lists them; no mistyped word is taken for one. */
export const changingVerbs = (): readonly Command[] => [
  startVerb(),
  answerVerb('approve'),
  answerVerb('reject'),
  orderVerb('hold'),
  orderVerb('resume'),
  orderVerb('promote'),
  orderVerb('abort'),
  undoVerb(),
];
