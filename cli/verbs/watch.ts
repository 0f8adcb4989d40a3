/** `tandem watch [release]`: a release until its end; the exit code says how it ended. */
import { Command } from 'commander';
import { EXIT_CODES_TEXT } from '../exit-codes.ts';
import { JSON_LINES, NEWEST, NEWEST_OF } from '../option-texts.ts';

/** How a release is shown, and whose newest one it is where none is named. */
interface WatchOptions {
  readonly json?: boolean;
  readonly pair?: string;
}

/** Watches a release, or the newest one of a pair or of all. */
const watch = async (release: string | undefined, { json, pair }: WatchOptions): Promise<void> => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { recordsOf } = await import('../../account/records.ts');
  const { showRelease } = await import('../show-release.ts');
  const account = await openNamedAccount();
  const id = release ?? (await recordsOf(account).newest(pair));
  process.exitCode = await showRelease(account, id, json);
};

/** `tandem watch [release]`. */
export const watchVerb = () =>
  new Command('watch')
    .description('shows a release until its end; the exit code says how it ended')
    .argument('[release]', NEWEST)
    .option('--pair <name>', NEWEST_OF)
    .option('--json', JSON_LINES)
    .addHelpText('after', `\nExit codes: ${EXIT_CODES_TEXT}.`)
    .action(watch);
