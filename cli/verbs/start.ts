/** `tandem start`: starts a release, by a file that follows docs/release.schema.json or by what the options name. */
import { Command } from 'commander';
import { inWords } from '../../core/release/reason.ts';
import { withInput } from '../input-options.ts';
import { JSON_LINES, WATCH } from '../option-texts.ts';
import type { InputOptions } from '../release-input.ts';
import type { StartOptions } from '../start-and-show.ts';

/** Starts a release by a file, by options, or by both; refuses what cannot end well before anything is started. */
const start = async (
  file: string | undefined,
  options: InputOptions & StartOptions,
): Promise<void> => {
  const { readRelease } = await import('../release-input.ts');
  const inputFor = await readRelease(file, options);
  // What is wrong with the input itself is told without an account.
  inputFor('nobody');
  const { openNamedAccount } = await import('../named-account.ts');
  const { refusalsOf } = await import('../../account/refusals.ts');
  const { startAndShow } = await import('../start-and-show.ts');
  const account = await openNamedAccount();
  const input = inputFor(account.caller);
  const { reasons, unread } = await refusalsOf(account, input);
  for (const sentence of unread) process.stderr.write(`${sentence}\n`);
  if (reasons.length > 0) throw new Error(`Nothing was started. ${inWords(reasons)}`);
  await startAndShow(account, input, options);
};

/** `tandem start [file]`. */
export const startVerb = () =>
  withInput(new Command('start'))
    .description('starts a release and prints its id')
    .option('--name <id>', 'id of the release (default: the pair and a random number)')
    .option('--watch', WATCH)
    .option('--json', JSON_LINES)
    .action(start);
