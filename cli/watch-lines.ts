/** A release as programs follow it: one JSON document a line, for each entry of its ledger, each change, and its end. */

import type { Recordless } from '../account/records.ts';
import type { LedgerLine } from '../core/facts/ledger.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import { waitOf } from '../core/record/waiting.ts';
import { versionsOf } from '../core/release/revision-words.ts';
import { exitCodeOf } from './exit-codes.ts';
import { refusedEnd } from './status.ts';

const stateOf = (record: ReleaseRecord) => ({
  phase: record.phase,
  decision: record.decision,
  targets: Object.values(record.targets).map(({ name, from, to, lane }) => ({
    ...{ name, from: from?.name, to: to?.name },
    ...versionsOf({ from, to }),
    ...{ share: lane.share, status: lane.status },
  })),
  waitsFor: waitOf(record)?.for,
});

const endOf = (record: ReleaseRecord) =>
  record.end && {
    end: record.end,
    reasons: record.reasons.map(({ code, text, target }) => ({ code, text, target })),
    live: Object.fromEntries(
      Object.values(record.targets).map(({ name, lane, from }) => [name, lane.live || from?.name]),
    ),
    exitCode: exitCodeOf(record.end),
  };

/** Gives what makes lines of a record and the new lines of its ledger, again and again: each tells only what is new. */
export const lineMaker = () => {
  let last = '';
  return (record: ReleaseRecord, lines: readonly LedgerLine[]): readonly string[] => {
    const { release } = record;
    const news = lines.map(({ isBad: _, ...line }) => ({ event: 'ledger', release, ...line }));
    const state = JSON.stringify({ event: 'state', release, ...stateOf(record) });
    const changed = state === last ? [] : [state];
    last = state;
    const end = endOf(record);
    return [
      ...news.map((one) => JSON.stringify(one)),
      ...changed,
      ...(end ? [JSON.stringify({ event: 'end', release, ...end })] : []),
    ];
  };
};

/** The line of a release that has no record and never will. */
export const refusedLine = (release: string, found: Recordless): string => {
  const end = refusedEnd(found);
  return JSON.stringify({
    event: 'end',
    ...{ release, end, reasons: [], cause: found.cause, exitCode: exitCodeOf(end) },
  });
};
