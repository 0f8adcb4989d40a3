/**
 * Where dynalite keeps tables and items here: sorted maps in memory. It writes items that are nobody else's, and changes
 * none that it has written or read; tables it changes, so of them it gets and leaves copies.
 */
import { Readable } from 'node:stream';
import { jsonCopy } from './json-copy.ts';

type Done = (error?: unknown, value?: any) => void;

/** A range of keys, as LevelDB takes it. */
interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

const isWithin = (key: string, { gt, gte, lt, lte }: Range): boolean =>
  !(gt !== undefined && key <= gt) &&
  !(gte !== undefined && key < gte) &&
  !(lt !== undefined && key >= lt) &&
  !(lte !== undefined && key > lte);

/** A part of the store: dynalite asks for it as for a LevelDB with callbacks. */
const part = (kept: (value: unknown) => unknown) => {
  const values = new Map<string, unknown>();
  let sorted: readonly string[] | undefined;

  const set = (key: string, value: unknown) => {
    if (!values.has(key)) sorted = undefined;
    values.set(key, kept(value));
  };
  const remove = (key: string) => {
    if (values.delete(key)) sorted = undefined;
  };
  const read = (key: string) => values.get(key);
  const keysIn = (range: Range = {}): readonly string[] => {
    sorted ??= [...values.keys()].sort((a, b) => (a < b ? -1 : 1));
    const found = sorted.filter((key) => isWithin(key, range));
    if (range.reverse) found.reverse();
    const { limit = -1 } = range;
    return limit < 0 ? found : found.slice(0, limit);
  };

  return {
    get: (key: string, done: Done) => done(null, read(key)),
    put: (key: string, value: unknown, done: Done) => {
      set(key, value);
      done(null);
    },
    del: (key: string, done: Done) => {
      remove(key);
      done(null);
    },
    batch: (
      steps: readonly { readonly type: string; readonly key: string; readonly value?: unknown }[],
      done: Done,
    ) => {
      for (const { type, key, value } of steps) {
        if (type === 'del') remove(key);
        else set(key, value);
      }
      done(null);
    },
    createKeyStream: (range?: Range) => Readable.from(keysIn(range)),
    createValueStream: (range?: Range) => Readable.from(keysIn(range).map(read)),
    // One operation runs at a time: nobody else wants what is locked.
    lock: (_keys: unknown, work: (release: (done: Done) => Done) => void) => work((done) => done),
    awsAccountId: '000000000000',
    awsRegion: 'us-east-1',
  };
};

const notFound = (table: string | undefined) =>
  Object.assign(new Error('NotFoundError'), {
    name: 'NotFoundError',
    statusCode: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
      message: `Requested resource not found${table === undefined ? '' : `: Table: ${table} not found`}`,
    },
  });

const asItIs = (value: unknown) => value;

const NOT_USABLE: readonly string[] = ['CREATING', 'DELETING'];

/** Makes an empty store: what dynalite's `db.create` makes, without LevelDB. */
export const memoryStore = () => {
  const parts = new Map<string, ReturnType<typeof part>>();
  const partOf = (name: string, kept = jsonCopy) => {
    const found = parts.get(name) ?? part(kept);
    parts.set(name, found);
    return found;
  };
  const forget = (name: string, done: Done) => {
    parts.delete(name);
    done(null);
  };
  const itemPart = (table: string) => `item-${table}`;
  const tagPart = (table: string) => `tag-${table}`;
  const indexPart = (type: string, table: string, index: string) =>
    `index-${type.toLowerCase()}~${table}~${index}`;
  const tables = partOf('table');

  return {
    options: { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, maxItemSize: 400 * 1024 },
    tableDb: tables,
    getItemDb: (table: string) => partOf(itemPart(table), asItIs),
    deleteItemDb: (table: string, done: Done) => forget(itemPart(table), done),
    getIndexDb: (type: string, table: string, index: string) =>
      partOf(indexPart(type, table, index)),
    deleteIndexDb: (type: string, table: string, index: string, done: Done) =>
      forget(indexPart(type, table, index), done),
    getTagDb: (table: string) => partOf(tagPart(table)),
    deleteTagDb: (table: string, done: Done) => forget(tagPart(table), done),
    /** Gives a table by name; with `false` also one that is just being made or deleted. */
    getTable: (name: string, usable: boolean | Done, done: Done = usable as Done) =>
      tables.get(name, (_error, table) => {
        if (!table || (usable && NOT_USABLE.includes(table.TableStatus))) {
          done(notFound(usable ? undefined : name));
        } else done(null, usable ? table : structuredClone(table));
      }),
  };
};
