/** A table of releases for people, and the same list for programs. */
import type { ReleaseRecord } from '../core/record/record.ts';
import { versionsOf } from '../core/release/revision-words.ts';
import { ageText } from '../core/text/durations.ts';
import { toMilliseconds } from '../core/text/time.ts';
import { versionsText } from '../core/views/lanes.ts';
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
