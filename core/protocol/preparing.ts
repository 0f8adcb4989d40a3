/** What a release makes and tries before any user meets green. */
import type { Proof } from '../proof/proof.ts';
import type { Warmed } from '../proof/warmed.ts';
import { type ReleaseRecord, type TargetRecord, withTarget } from '../record/record.ts';

/** What a target came from, and the revision that was made for it. */
type Made = Partial<TargetRecord> & Required<Pick<TargetRecord, 'from' | 'to' | 'unchanged'>>;

/** The record with a target's new revision. Of two tries at the same time the first one counts: a deployment may have been launched by it. */
export const prepared = (record: ReleaseRecord, name: string, made: Made): ReleaseRecord =>
  record.targets[name]?.to ? record : { ...withTarget(record, name, made), phase: 'Preparing' };

/** The record with what was tried of green, and with where each service answered. */
export const withProof = (
  record: ReleaseRecord,
  proof: Proof,
  addresses: readonly (readonly [string, TargetRecord['testAddress']])[],
): ReleaseRecord => ({
  ...addresses.reduce(
    (current, [name, testAddress]) => withTarget(current, name, { testAddress }),
    record,
  ),
  phase: 'Proving',
  proof,
});

/** The record with a warm-up of green. */
export const withWarmUp = (record: ReleaseRecord, warmed: Warmed): ReleaseRecord => ({
  ...record,
  warmed,
});
