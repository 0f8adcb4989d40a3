import { isDeepStrictEqual } from 'node:util';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Key } from '../../core/keys.ts';
import { TryAgainError } from '../../core/text/errors.ts';
import { dynamodb } from '../aws/dynamodb.ts';
import { environment } from '../function/environment.ts';

/** Body of an item with the number of the write that made it. */
export interface Versioned {
  readonly version: number;
  readonly body: unknown;
  /** Attributes beside the body. */
  readonly beside: Readonly<Record<string, unknown>>;
}

/** How often a writer re-reads after it lost a race; each round one of the writers wins. */
const TRIES = 12;

/** Reads one item, strongly consistent; undefined when there is none. Throws when the signal comes first. */
export const read = async (
  { pk, sk }: Key,
  signal?: AbortSignal,
): Promise<Versioned | undefined> => {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: environment('table'),
      Key: marshall({ pk, sk }),
      ConsistentRead: true,
    }),
    signal ? { abortSignal: signal } : {},
  );
  if (!Item) return undefined;
  const { pk: _pk, sk: _sk, version, body, ...beside } = unmarshall(Item);
  return { version, body, beside };
};

/** Attributes of an item beside its body: what an index reads. */
type Attributes = Readonly<Record<string, string>>;

/** Writes an item whose key names its bytes: written twice it is the same. */
export const put = async ({ pk, sk }: Key, attributes: Attributes): Promise<void> => {
  const Item = marshall({ ...attributes, pk, sk });
  await dynamodb.send(new PutItemCommand({ TableName: environment('table'), Item }));
};

/** Writes an item if it is still the one that was read (version 0: there was none); false when it is not. */
export const write = async (
  { pk, sk }: Key,
  body: unknown,
  read: number,
  attributes: Attributes = {},
): Promise<boolean> => {
  const item = marshall(
    { ...attributes, pk, sk, version: read + 1, body },
    { removeUndefinedValues: true },
  );
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: environment('table'),
        Item: item,
        ...(read === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :read',
              ExpressionAttributeValues: marshall({ ':read': read }),
            }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** A body as the table gives it back. */
const asWritten = (body: unknown): unknown =>
  unmarshall(marshall({ body }, { removeUndefinedValues: true })).body;

/**
 * Changes an item by condition: the loser of a race re-reads and decides again. `change` is pure; when it gives
 * back what it got, nothing is written. `seen` is what the caller has just read. Throws TryAgainError when it keeps
 * losing.
 */
export const change = async <Body>(
  key: Key,
  parse: (body: unknown) => Body,
  change: (body: Body) => Body,
  {
    seen,
    attributesOf = () => ({}),
    first = async (_before, after) => after,
    isOwn = (found, after) => isDeepStrictEqual(found, asWritten(after)),
  }: {
    readonly seen?: Versioned | undefined;
    readonly attributesOf?: (body: Body) => Attributes;
    /** Writes what must be there before the body is, and gives the body as it is written. */
    readonly first?: (before: Body, after: Body) => Promise<Body>;
    /** Whether what is found after a refusal is what was written. */
    readonly isOwn?: (found: unknown, after: Body) => boolean;
  } = {},
): Promise<{ readonly before: Body; readonly after: Body }> => {
  let found = seen ?? (await read(key));
  for (let round = 0; round < TRIES; round += 1) {
    const before = parse(found?.body);
    const changed = change(before);
    if (changed === before) return { before, after: before };
    const after = await first(before, changed);
    const version = found?.version ?? 0;
    if (await write(key, after, version, attributesOf(after))) return { before, after };
    found = await read(key);
    // The SDK tries a write again whose answer was lost, and the condition refuses what it wrote itself.
    if (found && found.version > version && isOwn(found.body, after)) return { before, after };
  }
  throw new TryAgainError(`${key.pk} ${key.sk} was changed by others ${TRIES} times in a row`);
};

/**
 * Sets one member of an item's body if another one still has this value; false when it has not. One call, where
 * `change` would read first.
 */
export const setIf = async (
  { pk, sk }: Key,
  [member, value]: readonly [string, unknown],
  [guard, expected]: readonly [string, unknown],
): Promise<boolean> => {
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: environment('table'),
        Key: marshall({ pk, sk }),
        UpdateExpression: 'SET body.#member = :value, version = version + :one',
        ConditionExpression: 'body.#guard = :expected',
        ExpressionAttributeNames: { '#member': member, '#guard': guard },
        ExpressionAttributeValues: marshall({ ':value': value, ':expected': expected, ':one': 1 }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** Keys of the last items of a partition in an index, at most so many; the index may lag behind the items. */
export const lastKeysIn = async (
  index: string,
  pk: string,
  most: number,
  signal: AbortSignal,
): Promise<readonly Key[]> => {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: environment('table'),
      IndexName: index,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshall({ ':pk': pk }),
      ScanIndexForward: false,
      Limit: most,
    }),
    { abortSignal: signal },
  );
  return Items.map((item) => unmarshall(item) as Key);
};

/** Keys of the items in an index whose partition key is named like the index and has this value. */
export const keysIn = async (index: string, value: string): Promise<readonly Key[]> => {
  const keys: Key[] = [];
  let start: Record<string, never> | undefined;
  do {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: environment('table'),
        IndexName: index,
        KeyConditionExpression: '#index = :value',
        ExpressionAttributeNames: { '#index': index },
        ExpressionAttributeValues: marshall({ ':value': value }),
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    for (const item of page.Items ?? []) {
      const { pk, sk } = unmarshall(item);
      keys.push({ pk, sk });
    }
    start = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (start);
  return keys;
};
