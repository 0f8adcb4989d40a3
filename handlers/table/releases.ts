import { appended, type Happening } from '../../core/facts/append.ts';
import type { Actor } from '../../core/facts/fact.ts';
import type { Happened } from '../../core/facts/kinds.ts';
import { OPEN_INDEX, releaseKey, STARTED_INDEX } from '../../core/keys.ts';
import { carriedOver } from '../../core/record/carried-over.ts';
import { readRecord } from '../../core/record/read-record.ts';
import { ReleaseRecord } from '../../core/record/record.ts';
import { UnknownReleaseError } from '../../core/text/errors.ts';
import { parsed } from '../../core/text/parsed.ts';
import { thisFunction } from '../function/actor.ts';
import { logger } from '../function/log.ts';
import { keepFacts } from './facts.ts';
import { change, keysIn, read, setIf, type Versioned, write } from './table.ts';

/** What puts a release into the index of those that somebody must carry to their end. */
const LISTED = { [OPEN_INDEX]: 'release' };

const attributesOf = ({ closed, times }: ReleaseRecord) => ({
  [STARTED_INDEX]: times.started,
  ...(closed ? {} : LISTED),
});

/** The record of a release; undefined when there is none. */
export const findRelease = async (
  pair: string,
  release: string,
): Promise<ReleaseRecord | undefined> => {
  const found = await read(releaseKey(pair, release));
  return found && readRecord(found.body);
};

/** The record of a release, or why it cannot be read; neither when there is none. */
export const tryRelease = async (
  pair: string,
  release: string,
): Promise<{ readonly record?: ReleaseRecord; readonly problem?: string }> => {
  const found = await read(releaseKey(pair, release));
  if (!found) return {};
  try {
    return { record: readRecord(found.body) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
};

const unknown = (pair: string, release: string) =>
  new UnknownReleaseError(`pair ${pair} has no release ${release}`);

/** The record of a release as it lies in the table, for whoever changes it right afterwards. */
export const seeRelease = async (
  pair: string,
  release: string,
): Promise<{ readonly record: ReleaseRecord; readonly seen: Versioned }> => {
  const seen = await read(releaseKey(pair, release));
  if (!seen) throw unknown(pair, release);
  return { record: readRecord(seen.body), seen };
};

/** The record of a release. Throws UnknownReleaseError when there is none. */
export const readRelease = async (pair: string, release: string): Promise<ReleaseRecord> =>
  (await seeRelease(pair, release)).record;

/**
 * A record as it is written: with what a Tandem without facts wants to find, so that one that still runs for some minutes
 * of an upgrade can carry the release on. Whoever reads it leaves that out.
 */
const readableByOlder = (record: ReleaseRecord): ReleaseRecord =>
  Object.assign({}, record, { ledger: [], commands: { ...record.commands, orders: [] } });

/** Opens a record with its first facts; false when it was open already (the step is being retried). */
export const openRelease = async (
  opened: ReleaseRecord,
  happening: Happening,
): Promise<boolean> => {
  const { record, lines } = appended(undefined, opened, happening);
  await keepFacts(record, lines);
  const { pair, release } = record;
  return write(releaseKey(pair, release), readableByOlder(record), 0, attributesOf(record));
};

/** The fact of a change: what happened, when, and who did it (default: this function). */
export interface Telling {
  readonly at: string;
  readonly by?: Actor;
  readonly fact: (after: ReleaseRecord, before: ReleaseRecord) => Happened | readonly Happened[];
}

/**
 * Changes a record by condition and gives the new one. Every change is a fact, which is written first; `seen` spares the
 * read of whoever has just read it.
 */
export const changeRelease = async (
  pair: string,
  release: string,
  edit: (record: ReleaseRecord) => ReleaseRecord,
  { at, by = thisFunction(), fact }: Telling,
  seen?: Versioned,
): Promise<ReleaseRecord> => {
  let carried: Happening | undefined;
  const { after } = await change(
    releaseKey(pair, release),
    (body) => {
      if (body === undefined) throw unknown(pair, release);
      const record = readRecord(body);
      carried = record.facts ? undefined : carriedOver(record, body, by);
      return record;
    },
    edit,
    {
      seen,
      attributesOf,
      // A token may have been left there since: it is no fact.
      isOwn: (found, { facts }) => readRecord(found).facts?.hash === facts?.hash,
      first: async (before, edited) => {
        // What could not be read again would close the pair: it fails this step alone.
        parsed(ReleaseRecord, edited, 'record');
        const known = carried
          ? appended(undefined, before, carried)
          : { record: before, lines: [] };
        const what = [fact(edited, before)].flat();
        const { record, lines } = appended(known.record, edited, { at, by, what });
        await keepFacts(record, [...known.lines, ...lines]);
        return readableByOlder(record);
      },
    },
  );
  return after;
};

/** Leaves the token of the state that listens, if no signal came since `signals` was read; false when one did. */
export const leaveToken = (
  pair: string,
  release: string,
  token: string,
  signals: ReleaseRecord['signals'],
): Promise<boolean> => setIf(releaseKey(pair, release), ['listener', token], ['signals', signals]);

/**
 * Every release that somebody must carry to its end, of all pairs or of some: those without an end, and those that
 * have not given up their turn. One whose record does not parse stops nothing else; its key is among `unreadable`.
 */
export const openReleases = async (
  ofPair: (pair: string) => boolean = () => true,
): Promise<{
  readonly releases: readonly ReleaseRecord[];
  readonly unreadable: readonly string[];
}> => {
  const open = await keysIn(OPEN_INDEX, LISTED[OPEN_INDEX]);
  const keys = open.filter(({ pk }) => ofPair(pk));
  const found = await Promise.all(keys.map(async (key) => ({ key, item: await read(key) })));
  const releases: ReleaseRecord[] = [];
  const unreadable: string[] = [];
  for (const { key, item } of found) {
    try {
      const record = readRecord(item?.body);
      // The index may lag behind the record.
      if (!record.closed) releases.push(record);
    } catch (error) {
      logger.error('record not readable', { ...key, problem: (error as Error).message });
      unreadable.push(`${key.pk} ${key.sk}`);
    }
  }
  return { releases, unreadable };
};
