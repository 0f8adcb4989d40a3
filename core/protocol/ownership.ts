import type { ReleaseRecord } from '../record/record.ts';
import { NotOwnerError } from '../text/errors.ts';

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
export const ownedBy = (record: ReleaseRecord, { release, execution }: Acting): ReleaseRecord => {
  if (!execution || record.owner === execution) return record;
  throw new NotOwnerError(
    `Release ${release} is driven by ${record.owner} now: ${execution} acts for it no more`,
  );
};
