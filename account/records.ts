/** Reads what the table of an account knows of releases. */
import {
  DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { unknownPair } from '../core/drivers/registration.ts';
import { chainOf, leftOf } from '../core/facts/chain.ts';
import { type LedgerLine, ledgerOf } from '../core/facts/ledger.ts';
import {
  basesQuery,
  factsQuery,
  type Key,
  RELEASES,
  releaseKey,
  STARTED_INDEX,
} from '../core/keys.ts';
import { TABLE } from '../core/names.ts';
import { keptLines } from '../core/record/carried-over.ts';
import { readRecord } from '../core/record/read-record.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import { isReleaseId, pairIn } from '../core/release/input.ts';
import type { Account } from './account.ts';
import { executionsOf } from './executions.ts';
import { registrationsOf } from './registrations.ts';

/** A release without a record: it was refused at once, or has only just begun. */
export interface Recordless {
  readonly record: undefined;
  /** Status of the execution that started it, with error and cause if it failed. */
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** A release as far as it is known. */
type Known = { readonly record: ReleaseRecord } | Recordless;

/** The releases whose records can be read, and keys of those that another version of Tandem wrote. */
interface Listed {
  readonly releases: readonly ReleaseRecord[];
  /** Whether there are older ones. */
  readonly more: boolean;
  readonly unreadable: readonly string[];
}

/** What reads one account. */
export interface Records {
  /** The record of a release of a pair; undefined when it has none. */
  recordOf(pair: string, release: string): Promise<ReleaseRecord | undefined>;
  /** A release. Throws a sentence when no execution has this name. */
  find(release: string): Promise<Known>;
  /** The record of a release; throws a sentence when it has none. */
  read(release: string): Promise<ReleaseRecord>;
  /**
   * The newest releases of a pair, or of all pairs, at most so many (default: all of them). Throws a sentence when
   * nobody knows the pair.
   */
  list(pair?: string, most?: number): Promise<Listed>;
  /** The ledger of a release; where a fact is missing it says so, and has what is left. */
  ledger(record: ReleaseRecord): Promise<readonly LedgerLine[]>;
  /** What the judge's votes on a release rest on, as the table has it, in any order. */
  bases(about: Pick<ReleaseRecord, 'pair' | 'release'>): Promise<readonly string[]>;
  /** Facts of a release after a place (default: all), as the table has them. */
  facts(about: Pick<ReleaseRecord, 'pair' | 'release'>, after?: number): Promise<readonly string[]>;
  /**
   * Id of the release that was started last, of a pair or of all. Throws a sentence when there is none, or no such
   * pair.
   */
  newest(pair?: string): Promise<string>;
}

/** What an item holds: a record, whichever Tandem wrote it, or the key of what is none to us. */
const parse = (item: Parameters<typeof unmarshall>[0]): ReleaseRecord | string => {
  const { sk, body } = unmarshall(item);
  try {
    return readRecord(body);
  } catch {
    return String(sk);
  }
};

/** Executions among which the newest release is looked for. */
const NEWEST = 20;

const byAge = (a: ReleaseRecord, b: ReleaseRecord) =>
  b.times.started.localeCompare(a.times.started);

/** Opens the records of an account. */
export const recordsOf = (account: Account): Records => {
  const dynamodb = account.client(DynamoDBClient);
  const executions = executionsOf(account);

  const itemAt = async ({ pk, sk }: Key): Promise<ReleaseRecord | string | undefined> => {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: TABLE, Key: marshall({ pk, sk }), ConsistentRead: true }),
    );
    return Item && parse(Item);
  };

  const recordOf: Records['recordOf'] = async (pair, release) => {
    const found = await itemAt(releaseKey(pair, release));
    if (typeof found !== 'string') return found;
    throw new Error(`The record ${found} was written by another version of Tandem than this one`);
  };

  const releasesOf = async (pair: string): Promise<readonly (ReleaseRecord | string)[]> => {
    const input: QueryCommandInput = {
      TableName: TABLE,
      KeyConditionExpression: 'pk = :pair AND begins_with(sk, :releases)',
      ExpressionAttributeValues: marshall({ ':pair': pair, ':releases': RELEASES }),
    };
    const found: (ReleaseRecord | string)[] = [];
    for await (const { Items = [] } of paginateQuery({ client: dynamodb }, input))
      found.push(...Items.map(parse));
    return found;
  };

  /** The newest so many of a pair, by the index: what is older is not read. */
  const newestOf = async (
    pair: string,
    most: number,
  ): Promise<readonly (ReleaseRecord | string)[]> => {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: TABLE,
        IndexName: STARTED_INDEX,
        KeyConditionExpression: 'pk = :pair',
        ExpressionAttributeValues: marshall({ ':pair': pair }),
        ScanIndexForward: false,
        Limit: most,
      }),
    );
    const found = await Promise.all(Items.map((item) => itemAt(unmarshall(item) as Key)));
    return found.filter((one) => one !== undefined);
  };

  const { names: allPairs } = registrationsOf(account);

  const pairs = new Map<string, string>();
  const find: Records['find'] = async (release) => {
    const known = pairs.get(release);
    const record = known && (await recordOf(known, release));
    if (record) return { record };
    const execution = isReleaseId(release) ? await executions.of(release) : undefined;
    const pair = pairIn(execution?.input);
    for (const one of pair ? [pair] : await allPairs()) {
      const first = await recordOf(one, release);
      if (!first) continue;
      pairs.set(release, one);
      return { record: first };
    }
    if (!execution)
      throw new Error(
        `There is no release ${release} in ${account.place}; npx tandem list shows those there are`,
      );
    const { status, error, cause } = execution;
    return { record: undefined, status, error, cause };
  };

  /** Throws a sentence when the account has no pair of this name. */
  const refuseUnknown = async (pair: string): Promise<void> => {
    const known = await allPairs();
    if (!known.includes(pair)) throw new Error(unknownPair(pair, known));
  };

  const list: Records['list'] = async (pair, most = Number.POSITIVE_INFINITY) => {
    const names = pair === undefined ? await allPairs() : [pair];
    // One more than wanted tells whether there are older ones.
    const read = Number.isFinite(most) ? (one: string) => newestOf(one, most + 1) : releasesOf;
    const found = (await Promise.all(names.map(read))).flat();
    if (pair !== undefined && found.length === 0) await refuseUnknown(pair);
    return {
      releases: found
        .filter((one) => typeof one !== 'string')
        .sort(byAge)
        .slice(0, most),
      more: found.length > most,
      unreadable: found.filter((one) => typeof one === 'string'),
    };
  };

  const newest: Records['newest'] = async (pair) => {
    for (const { arn, name } of await executions.newest(NEWEST)) {
      const execution = await executions.describe(arn);
      // Others carry a release on that was started before.
      const found = pairIn(execution.input);
      if (found !== undefined && (pair === undefined || found === pair)) return name;
    }
    if (pair !== undefined) await refuseUnknown(pair);
    throw new Error(
      pair === undefined
        ? `There is no release yet in ${account.place}`
        : `No release of ${pair} is among the last ${NEWEST} in ${account.place}: npx tandem list ${pair}`,
    );
  };

  /** The ledger of a release that ended under a Tandem which kept it in the record. */
  const oldLedger = async ({ pair, release }: ReleaseRecord): Promise<readonly LedgerLine[]> => {
    const Key = marshall(releaseKey(pair, release));
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: TABLE, Key }));
    const lines = Item ? keptLines(unmarshall(Item).body) : [];
    const about = { kind: 'carried-over', by: { handler: 'tandem' }, isBad: false };
    return lines.map((line) => ({ ...line, ...about }));
  };

  /** One member of every item that a query finds. */
  const linesOf = async (query: Partial<QueryCommandInput>, member: string) => {
    const input = { TableName: TABLE, ConsistentRead: true, ...query };
    const lines: string[] = [];
    for await (const { Items = [] } of paginateQuery({ client: dynamodb }, input))
      lines.push(...Items.map((item) => String(unmarshall(item)[member])));
    return lines;
  };

  const facts: Records['facts'] = ({ pair, release }, after = 0) =>
    linesOf(factsQuery(pair, release, after), 'fact');

  return {
    recordOf,
    find,
    facts,
    bases: ({ pair, release }) => linesOf(basesQuery(pair, release), 'basis'),
    ledger: async (record) => {
      if (!record.facts) return oldLedger(record);
      const lines = await facts(record);
      try {
        return ledgerOf(chainOf(record.facts, lines));
      } catch (error) {
        const gap = {
          at: record.times.started,
          what: `${(error as Error).message}. What is left:`,
        };
        const by = { handler: 'tandem' };
        return [{ ...gap, kind: 'gap', by, isBad: true }, ...ledgerOf(leftOf(lines))];
      }
    },
    list,
    newest,
    read: async (release) => {
      const found = await find(release);
      if (found.record) return found.record;
      const why = found.cause ?? 'it has only just been started, try again';
      throw new Error(`Release ${release} has no record: ${why}`);
    },
  };
};
