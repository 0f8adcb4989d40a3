import { UnknownReleaseError } from '../../core/errors.ts';
import { written } from '../../core/ledger.ts';
import { ReleaseRecord } from '../../core/record.ts';
import { change, type Key, list, read, write } from './table.ts';

const keyOf = (pair: string, release: string): Key => ({ pk: pair, sk: `release#${release}` });

/** The record of a release; undefined when there is none. */
export const findRelease = async (
  pair: string,
  release: string,
): Promise<ReleaseRecord | undefined> => {
  const found = await read(keyOf(pair, release));
  return found && ReleaseRecord.parse(found.body);
};

/** The record of a release. Throws UnknownReleaseError when there is none. */
export const readRelease = async (pair: string, release: string): Promise<ReleaseRecord> => {
  const record = await findRelease(pair, release);
  if (!record) throw new UnknownReleaseError(`pair ${pair} has no release ${release}`);
  return record;
};

/** Opens a record; false when it was open already (the step is being retried). */
export const openRelease = (record: ReleaseRecord): Promise<boolean> =>
  write(keyOf(record.pair, record.release), record, 0);

/**
 * Changes a record by condition and gives the new one. `line` says what happened in one line for the ledger,
 * or nothing when it is not worth a line.
 */
export const changeRelease = async (
  pair: string,
  release: string,
  edit: (record: ReleaseRecord) => ReleaseRecord,
  ledger?: { readonly at: string; readonly line: (after: ReleaseRecord) => string | undefined },
): Promise<ReleaseRecord> => {
  const { after } = await change(
    keyOf(pair, release),
    (body) => {
      if (body === undefined) {
        throw new UnknownReleaseError(`pair ${pair} has no release ${release}`);
      }
      return ReleaseRecord.parse(body);
    },
    (before) => {
      const edited = edit(before);
      const line = edited === before ? undefined : ledger?.line(edited);
      return line === undefined ? edited : written(edited, ledger!.at, line);
    },
  );
  return after;
};

/** Every release of a pair, in no order. */
export const allReleases = async (pair: string): Promise<readonly ReleaseRecord[]> =>
  (await list(pair, 'release#')).map((body) => ReleaseRecord.parse(body));

/** Every release of a pair that has not ended. */
export const openReleases = async (pair: string): Promise<readonly ReleaseRecord[]> =>
  (await allReleases(pair)).filter(({ end }) => end === undefined);
