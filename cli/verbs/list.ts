/** `tandem list [pair]`: releases, newest first. */

import { Command } from 'commander';
import { toMilliseconds } from '../../core/text/time.ts';
import { terminalOn } from '../../rehearsal/terminal/terminal.ts';
import { JSON_ONLY } from '../option-texts.ts';
import { limitOf, type Since, sinceOf } from '../options.ts';

/** What a person wants to see of releases. */
interface ListOptions {
  readonly all?: boolean;
  /** Only those that started since then. */
  readonly since?: Since;
  /** At most this many. */
  readonly limit: number;
  readonly json?: boolean;
}

/** Prints the newest releases of a pair, or of all pairs. */
const list = async (pair: string | undefined, options: ListOptions): Promise<void> => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { entryOf, tableOf } = await import('../release-table.ts');
  const { recordsOf } = await import('../../account/records.ts');
  const account = await openNamedAccount();
  const found = await recordsOf(account).list(pair, options.all ? undefined : options.limit);
  const { unreadable } = found;
  const since = options.since?.(account.now()) ?? Number.NEGATIVE_INFINITY;
  const releases = found.releases.filter(({ times }) => toMilliseconds(times.started) >= since);
  const more = found.more && releases.length === found.releases.length;
  for (const key of unreadable)
    process.stderr.write(`${key} is left out: another version of Tandem wrote it.\n`);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(releases.map(entryOf), null, 2)}\n`);
    return;
  }
  if (releases.length === 0) {
    process.stdout.write(
      `No release${pair ? ` of ${pair}` : ''}${options.since ? ' since then' : ' yet'} in ${account.place}.\n`,
    );
    return;
  }
  const { room } = terminalOn(process.stdout);
  for (const line of tableOf(releases, account.now(), room)) process.stdout.write(`${line}\n`);
  if (more) process.stderr.write('Older ones are left out; --limit or --all shows them.\n');
};

/** `tandem list [pair]`. */
export const listVerb = () =>
  new Command('list')
    .description('lists releases, newest first')
    .argument('[pair]', 'name of the pair (default: all)')
    .option('--since <when>', 'started since then: a date (2026-11-23), 12h or 7d', sinceOf)
    .option('--limit <count>', 'at most this many', limitOf, 20)
    .option('--all', 'all of them, not only the newest')
    .option('--json', JSON_ONLY)
    .action(list);
