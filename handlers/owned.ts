import { NotOwnerError } from '../core/errors.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { changeRelease, readRelease, seeRelease } from './table/releases.ts';
import type { Versioned } from './table/table.ts';

/** Which release a step acts for, and the execution that does. */
export interface Acting {
  readonly pair: string;
  readonly release: string;
  /** Left out, or empty, by machines that do not say it. */
  readonly execution?: string | undefined;
}

/**
 * The record, if the execution owns its release. Throws NotOwnerError once another one has taken the release over: an
 * execution that was redriven, or whose step comes late, then acts no more.
 */
export const owned = (record: ReleaseRecord, { release, execution }: Acting): ReleaseRecord => {
  if (!execution || record.owner === execution) return record;
  throw new NotOwnerError(
    `Release ${release} is driven by ${record.owner} now: ${execution} acts for it no more`,
  );
};

/** The record of a release for a step of its owner. Throws NotOwnerError for any other execution. */
export const readOwned = async (about: Acting): Promise<ReleaseRecord> =>
  owned(await readRelease(about.pair, about.release), about);

/** The same as it lies in the table, for whoever changes it right afterwards. */
export const seeOwned = async (
  about: Acting,
): Promise<{ readonly record: ReleaseRecord; readonly seen: Versioned }> => {
  const found = await seeRelease(about.pair, about.release);
  owned(found.record, about);
  return found;
};

/** Changes the record of a release for a step of its owner. Throws NotOwnerError for any other execution, and changes nothing. */
export const changeOwned = (
  about: Acting,
  edit: (record: ReleaseRecord) => ReleaseRecord,
  ledger?: Parameters<typeof changeRelease>[3],
  seen?: Versioned,
): Promise<ReleaseRecord> =>
  changeRelease(about.pair, about.release, (current) => edit(owned(current, about)), ledger, seen);
