/** A table of releases for people, and the same list for programs. */
import type { ReleaseRecord } from '../core/record/record.ts';
import { versionsOf } from '../core/release/revision-words.ts';
import { ageText } from '../core/text/durations.ts';
import { toMilliseconds } from '../core/text/time.ts';
import { versionsText } from '../core/views/lanes.ts';
import { labelled } from '../rehearsal/terminal/wrap.ts';
import { inColumns } from './columns.ts';

const HEAD = ['RELEASE', 'PAIR', 'STATE', 'STARTED (UTC)', 'AGE', 'BY', 'TARGETS'];

/** How a release ended and why, in a word each: `RolledBack (alarm-red)`; its phase while it goes on. */
const stateText = ({ end, phase, reasons }: ReleaseRecord): string => {
  const [first] = reasons;
  return end && first ? `${end} (${first.code})` : (end ?? phase);
};

/** Characters of a moment down to its minute. */
const TO_THE_MINUTE = 16;

const dateText = (moment: string): string => moment.slice(0, TO_THE_MINUTE).replace('T', ' ');

/** What was moved: `web 1.0.0 → 2.0.0, api version 1 → 2.0.0`. */
const targetsText = ({ targets }: ReleaseRecord): string =>
  Object.values(targets)
    .map((target) => `${target.name} ${versionsText(target)}`)
    .join(', ');

const rowOf = (record: ReleaseRecord, now: number): readonly string[] => {
  const { release, pair, times, requestedBy } = record;
  return [
    release,
    pair,
    stateText(record),
    dateText(times.started),
    ageText(now - toMilliseconds(times.started)),
    requestedBy,
    targetsText(record),
  ];
};

/** Lines of a release where there is no room for all columns: what tells it from others, and the rest below. */
const stacked = (
  records: readonly ReleaseRecord[],
  now: number,
  room: number,
): readonly string[] => {
  const [release, , state, , age] = HEAD as [string, string, string, string, string];
  const rows = records.map((record) => {
    const [id, , how, , since] = rowOf(record, now) as [string, string, string, string, string];
    return [id, how, since];
  });
  const [head = '', ...lines] = inColumns([[release, state, age], ...rows]);
  const below = (record: ReleaseRecord) =>
    labelled(
      '  ',
      `${record.pair}: ${targetsText(record)}; started ${dateText(record.times.started)} UTC by ${record.requestedBy}`,
      room,
    );
  return [head, ...lines.flatMap((line, index) => [line, ...below(records[index]!)])];
};

/** Lines of a table of releases, in columns; each release in several lines where a terminal has no room for all columns. */
export const tableOf = (
  records: readonly ReleaseRecord[],
  now: number,
  room = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const table = inColumns([HEAD, ...records.map((record) => rowOf(record, now))]);
  return table.every(({ length }) => length <= room) ? table : stacked(records, now, room);
};

/** A release as a program reads it in a list. */
export const entryOf = ({
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
