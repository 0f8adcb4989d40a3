/** `tandem list [pair]`: releases, newest first. */
import { ageText } from '../core/durations.ts';
import { toMilliseconds } from '../core/moments.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { openAccount } from './account.ts';
import { inColumns } from './columns.ts';
import { revisionsOf } from './lanes.ts';
import { recordsOf } from './records.ts';

const HEAD = ['RELEASE', 'PAIR', 'STATE', 'AGE', 'BY', 'TARGETS'];

const rowOf = (record: ReleaseRecord, now: number): readonly string[] => {
  const { release, pair, end, phase, times, requestedBy, targets } = record;
  return [
    release,
    pair,
    end ?? phase,
    ageText(now - toMilliseconds(times.started)),
    requestedBy,
    Object.values(targets)
      .map((target) => `${target.name} ${revisionsOf(target)}`)
      .join(', '),
  ];
};

/** Lines of a table of releases, in columns. */
export const tableOf = (records: readonly ReleaseRecord[], now: number): readonly string[] =>
  inColumns([HEAD, ...records.map((record) => rowOf(record, now))]);

/** A release as a program reads it in a list. */
const entryOf = ({
  release,
  pair,
  phase,
  end,
  requestedBy,
  reason,
  times,
  targets,
}: ReleaseRecord) => ({
  ...{ release, pair, phase, end, requestedBy, reason },
  started: times.started,
  ended: times.ended,
  targets: Object.values(targets).map(({ name, from, to, unchanged }) => ({
    name,
    from: from?.name,
    to: to?.name,
    unchanged,
  })),
});

/** What a person wants to see of releases. */
export interface ListOptions {
  readonly all?: boolean;
  /** At most so many. */
  readonly limit: number;
  readonly json?: boolean;
}

/** Prints the newest releases of a pair, or of all pairs. */
export const list = async (pair: string | undefined, options: ListOptions): Promise<void> => {
  const account = await openAccount();
  const { releases, unreadable, more } = await recordsOf(account).list(
    pair,
    options.all ? undefined : options.limit,
  );
  for (const key of unreadable)
    process.stderr.write(`${key} is left out: another version of Tandem wrote it.\n`);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(releases.map(entryOf), null, 2)}\n`);
    return;
  }
  if (releases.length === 0) {
    process.stdout.write(`No release${pair ? ` of ${pair}` : ''} yet in ${account.place}.\n`);
    return;
  }
  for (const line of tableOf(releases, account.now())) process.stdout.write(`${line}\n`);
  if (more) process.stderr.write('Older ones are left out; --limit or --all shows them.\n');
};
