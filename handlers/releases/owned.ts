import { type Acting, ownedBy } from '../../core/protocol/ownership.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { changeRelease, readRelease, seeRelease, type Telling } from '../table/releases.ts';
import type { Versioned } from '../table/table.ts';

/** The record of a release for a step of its owner. Throws NotOwnerError for any other execution. */
export const readOwned = async (about: Acting): Promise<ReleaseRecord> =>
  ownedBy(await readRelease(about.pair, about.release), about);

/** The same as it lies in the table, for whoever changes it right afterwards. */
export const seeOwned = async (
  about: Acting,
): Promise<{ readonly record: ReleaseRecord; readonly seen: Versioned }> => {
  const found = await seeRelease(about.pair, about.release);
  ownedBy(found.record, about);
  return found;
};

/** Changes the record of a release for a step of its owner. Throws NotOwnerError for any other execution, and changes nothing. */
export const changeOwned = (
  about: Acting,
  edit: (record: ReleaseRecord) => ReleaseRecord,
  telling: Telling,
  seen?: Versioned,
): Promise<ReleaseRecord> =>
  changeRelease(
    about.pair,
    about.release,
    (current) => edit(ownedBy(current, about)),
    telling,
    seen,
  );
