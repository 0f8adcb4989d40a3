/** `tandem list [pair]`: releases, newest first. */

import { openAccount } from '../../account/account.ts';
import { recordsOf } from '../../account/records.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { versionsOf } from '../../core/release/revision-words.ts';
import { ageText } from '../../core/text/durations.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { inColumns } from '../columns.ts';
import { versionsText } from '../lanes.ts';
import type { Since } from '../options.ts';

const HEAD = ['RELEASE', 'PAIR', 'STATE', 'STARTED (UTC)', 'AGE', 'BY', 'TARGETS'];

/** How a release ended and why, in a word each: `RolledBack (alarm-red)`; its phase while it goes on. */
const stateText = ({ end, phase, reasons }: ReleaseRecord): string => {
  const [first] = reasons;
  return end && first ? `${end} (${first.code})` : (end ?? phase);
};

/** Characters of a moment down to its minute. */
const TO_THE_MINUTE = 16;

const dateText = (moment: string): string => moment.slice(0, TO_THE_MINUTE).replace('T', ' ');

const rowOf = (record: ReleaseRecord, now: number): readonly string[] => {
  const { release, pair, times, requestedBy, targets } = record;
  return [
    release,
    pair,
    stateText(record),
    dateText(times.started),
    ageText(now - toMilliseconds(times.started)),
    requestedBy,
    Object.values(targets)
      .map((target) => `${target.name} ${versionsText(target)}`)
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
  reasons,
  times,
  targets,
}: ReleaseRecord) => ({
  ...{ release, pair, phase, end, requestedBy, reason },
  reasons: reasons.map(({ code, text }) => ({ code, text })),
  started: times.started,
  ended: times.ended,
  targets: Object.values(targets).map(({ name, from, to, unchanged }) => ({
    name,
    from: from?.name,
    to: to?.name,
    ...versionsOf({ from, to }),
    unchanged,
  })),
});

/** What a person wants to see of releases. */
export interface ListOptions {
  readonly all?: boolean;
  /** Only those that started since then. */
  readonly since?: Since;
  /** At most this many. */
  readonly limit: number;
  readonly json?: boolean;
}

/** Prints the newest releases of a pair, or of all pairs. */
export const list = async (pair: string | undefined, options: ListOptions): Promise<void> => {
  const account = await openAccount();
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
  for (const line of tableOf(releases, account.now())) process.stdout.write(`${line}\n`);
  if (more) process.stderr.write('Older ones are left out; --limit or --all shows them.\n');
};
