import { follower } from '../core/facts/chain.ts';
import { type LedgerLine, ledgerOf } from '../core/facts/ledger.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import { errorText } from '../core/text/errors.ts';
import type { Records } from './records.ts';

/**
 * Follows the ledger of a release: gives the lines that are new since the call before. That it cannot be read is
 * reported once, and stops nobody from following the release.
 */
export const followLedger = (
  { facts, ledger }: Pick<Records, 'facts' | 'ledger'>,
  report: (problem: string) => void,
): ((record: ReleaseRecord) => Promise<readonly LedgerLine[]>) => {
  const { known, take } = follower();
  let reported = false;
  return async (record) => {
    try {
      if (!record.facts) return record.end ? await ledger(record) : [];
      if (record.facts.count <= known()) return [];
      return ledgerOf(take(record.facts, await facts(record, known())));
    } catch (error) {
      if (!reported) report(`The ledger is not shown: ${errorText(error)}`);
      reported = true;
      return [];
    }
  };
};
