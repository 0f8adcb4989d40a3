/** The options that make the input of a release. */
import type { Command } from 'commander';
import { collected, curveOf, minutesOf } from './options.ts';

/** The verb with these options, and a file as its argument. */
export const withInput = (verb: Command): Command =>
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
      'starts although alarms are red already, with the reason. Alarms that turn red later still roll back',
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
