import { createHash } from 'node:crypto';
import { oneLine } from '../text/one-line.ts';
import type { LedgerEntry, ReleaseRecord } from './record.ts';

/** Hash of the entry before the first one. */
const GENESIS = '0'.repeat(64);

const hashOf = (previous: string, at: string, what: string): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, at, what]))
    .digest('hex');

/** The record with one line more in its ledger, whoever's words it holds; each line carries the hash of the one before. */
export const written = (record: ReleaseRecord, at: string, text: string): ReleaseRecord => {
  const what = oneLine(text) || '…';
  const previous = record.ledger.at(-1)?.hash ?? GENESIS;
  return { ...record, ledger: [...record.ledger, { at, what, hash: hashOf(previous, at, what) }] };
};

/** Index of the first line that does not follow from the one before; undefined when the chain holds. */
export const firstBrokenLine = (ledger: readonly LedgerEntry[]): number | undefined => {
  const index = ledger.findIndex(
    ({ at, what, hash }, place) => hash !== hashOf(ledger[place - 1]?.hash ?? GENESIS, at, what),
  );
  return index < 0 ? undefined : index;
};
