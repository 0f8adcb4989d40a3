import { NotOwnerError } from '../core/errors.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { changeRelease, readRelease, seeRelease } from './table/releases.ts';
import type { Versioned } from './table/table.ts';

/** Which release a step acts for, and the execution that does. */
export interface Acting {
  readonly pair: string;
  readonly release: string;
  readonly execution?: string | undefined;
}

/** The record of a release as the steps of the execution that owns it read and change it. */
export interface Owned {
  readonly read: () => Promise<ReleaseRecord>;
  readonly see: typeof seeRelease extends (...about: never[]) => infer Seen ? () => Seen : never;
  readonly change: (
    edit: (record: ReleaseRecord) => ReleaseRecord,
    ledger?: Parameters<typeof changeRelease>[3],
    seen?: Versioned,
  ) => Promise<ReleaseRecord>;
}

/**
 * Gives a step the record of its release. Each of the functions throws NotOwnerError once another execution has taken
 * the release over: an execution that was redriven, or whose step comes late, then acts no more.
 */
export const owned = ({ pair, release, execution }: Acting): Owned => {
  const ours = (record: ReleaseRecord): ReleaseRecord => {
    if (!execution || record.owner === execution) return record;
    throw new NotOwnerError(
      `Release ${release} is driven by ${record.owner} now: ${execution} acts for it no more`,
    );
  };
  return {
    read: async () => ours(await readRelease(pair, release)),
    see: async () => {
      const found = await seeRelease(pair, release);
      ours(found.record);
      return found;
    },
    change: (edit, ledger, seen) =>
      changeRelease(pair, release, (current) => edit(ours(current)), ledger, seen),
  };
};
