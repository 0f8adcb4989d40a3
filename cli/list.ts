/** `tandem list [pair]`: releases, newest first. */
import { ageText } from '../core/durations.ts';
import { toMilliseconds } from '../core/moments.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { openAccount } from './account.ts';
import { revisionsOf } from './lanes.ts';
import { recordsOf } from './records.ts';

/** Releases that are shown unless all are wanted. */
const SHOWN = 20;

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
export const tableOf = (records: readonly ReleaseRecord[], now: number): readonly string[] => {
  const rows = [HEAD, ...records.map((record) => rowOf(record, now))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
};

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
  readonly json?: boolean;
}

/** Prints the newest releases of a pair, or of all pairs. */
export const list = async (pair: string | undefined, options: ListOptions): Promise<void> => {
  const account = await openAccount();
  const { releases: records, unreadable } = await recordsOf(account).list(pair);
  for (const key of unreadable)
    process.stderr.write(`${key} is left out: another version of Tandem wrote it.\n`);
  const shown = options.all ? records : records.slice(0, SHOWN);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(shown.map(entryOf), null, 2)}\n`);
    return;
  }
  if (records.length === 0) {
    process.stdout.write(`No release${pair ? ` of ${pair}` : ''} yet in ${account.place}.\n`);
    return;
  }
  for (const line of tableOf(shown, account.now())) process.stdout.write(`${line}\n`);
  const older = records.length - shown.length;
  if (older > 0) process.stderr.write(`${older} older ones are left out; --all shows them.\n`);
};
