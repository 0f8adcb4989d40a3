import type { LedgerLine } from '../facts/ledger.ts';
import { judgedOf } from '../record/judged-words.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { waitOf } from '../record/waiting.ts';

/** A release as a program reads it: its record without what answers hooks and tasks, what it waits for, and its ledger. */
export const documentOf = (record: ReleaseRecord, ledger: readonly LedgerLine[]) => {
  const {
    listener: _listener,
    hooks: _hooks,
    waiting: _waiting,
    look: _look,
    facts: _facts,
    judged,
    ...shown
  } = record;
  return {
    ...shown,
    ...(record.times.shifted ? { judged: { says: [], ...judged, targets: judgedOf(record) } } : {}),
    waits: waitOf(record),
    ledger: ledger.map(({ isBad: _, ...line }) => line),
  };
};
