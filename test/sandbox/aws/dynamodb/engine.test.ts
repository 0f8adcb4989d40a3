/** The engine beside dynalite's own server, with its HTTP and its LevelDB. */
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import dynalite from 'dynalite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engine } from '../../../../packages/sandbox/aws/dynamodb/engine.ts';

type Answered =
  | { readonly answer: unknown }
  | { readonly refused: unknown; readonly text: unknown };
type Ask = (operation: string, input: object) => Promise<Answered>;

const HEADERS = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=a',
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
};

/** Asks a server of dynalite, without a socket. */
const server = (): Ask => {
  const database = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return (operation, input) =>
    new Promise((resolve) => {
      const headers = { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` };
      const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers });
      const response = {
        statusCode: 200,
        setHeader: () => undefined,
        end: (text = '') => {
          const body = JSON.parse(text || '{}') || {};
          if (response.statusCode === 200) resolve({ answer: body });
          else {
            const refused = String(body.__type).split('#').at(-1);
            resolve({ refused, text: body.message ?? body.Message ?? '' });
          }
        },
      };
      database.emit('request', request, response);
      request.emit('data', Buffer.from(JSON.stringify(input)));
      request.emit('end');
    });
};

const own = (): Ask => {
  const { send } = engine();
  return (operation, input) =>
    send(operation, input).then(
      (answer) => ({ answer }),
      ({ name, message }) => ({ refused: name, text: message }),
    );
};

const TableName = 'things';
const ResourceArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
const DEFINITION = {
  TableName,
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['pk', 'sk', 'owner'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byOwner',
      KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

/** Items that are there before anything is asked. */
const ITEMS = ['1', '21', 'é'].map((S, index) => ({
  pk: { S: 'a' },
  sk: { S },
  owner: { S: 'ada' },
  version: { N: `${index}` },
}));

/** Makes the table with its items, once it can be used. */
const withTable = async (ask: Ask): Promise<Ask> => {
  await ask('CreateTable', DEFINITION);
  for (;;) {
    const found: any = await ask('DescribeTable', { TableName });
    if (found.answer?.Table.TableStatus === 'ACTIVE') break;
    await setImmediate();
  }
  for (const Item of ITEMS) await ask('PutItem', { TableName, Item });
  return ask;
};

const text = (...words: string[]) => fc.constantFrom(...words).map((S) => ({ S }));
const pk = text('a', 'b');
const sk = text('1', '2', '21', 'é', '');
const owner = text('ada', 'grace');
const number = fc.integer({ min: -2, max: 12 }).map((N) => ({ N: `${N}` }));
const key = fc.record({ pk, sk });
const item = fc.record(
  { pk, sk, owner, version: number, body: fc.record({ M: fc.record({ x: number, y: owner }) }) },
  { requiredKeys: ['pk', 'sk'] },
);
const condition = fc.constantFrom(
  {},
  { ConditionExpression: 'attribute_not_exists(pk)' },
  { ConditionExpression: 'attribute_exists(body.x) AND version < :n' },
  { ConditionExpression: 'version = :n OR begins_with(#o, :s)' },
  { ConditionExpression: 'version = ' },
);
const change = fc.constantFrom(
  'SET version = if_not_exists(version, :n) + :n',
  'SET body.x = :n',
  'ADD version :n',
  'REMOVE body SET #o = :s',
  'SET pk = :s',
);
const values = fc.record({ n: number, s: text('a', 'ada') });

/** The names and values that an expression uses: DynamoDB refuses one that is not used. */
const expressed = (input: Record<string, unknown>, { n, s }: { n: object; s: object }) => {
  const used = Object.values(input).join(' ');
  const found = {
    ...(used.includes(':n') && { ':n': n }),
    ...(used.includes(':s') && { ':s': s }),
  };
  return {
    ...input,
    TableName,
    ...(used.includes('#o') && { ExpressionAttributeNames: { '#o': 'owner' } }),
    ...(Object.keys(found).length > 0 && { ExpressionAttributeValues: found }),
  };
};

const page = fc.record({
  Limit: fc.constantFrom(1, 2, 9),
  ScanIndexForward: fc.boolean(),
});
const operation: fc.Arbitrary<readonly [string, object]> = fc.oneof(
  fc
    .tuple(item, condition, values)
    .map(
      ([Item, condition, values]) =>
        ['PutItem', { ...expressed(condition, values), Item, ReturnValues: 'ALL_OLD' }] as const,
    ),
  fc.tuple(key, change, condition, values).map(
    ([Key, UpdateExpression, condition, values]) =>
      [
        'UpdateItem',
        {
          ...expressed({ UpdateExpression, ...condition }, values),
          Key,
          ReturnValues: 'ALL_NEW',
        },
      ] as const,
  ),
  fc
    .tuple(key, condition, values)
    .map(
      ([Key, condition, values]) =>
        ['DeleteItem', { ...expressed(condition, values), Key, ReturnValues: 'ALL_OLD' }] as const,
    ),
  key.map((Key) => ['GetItem', { TableName, Key }] as const),
  fc.tuple(page, values, fc.constantFrom('', ' AND begins_with(sk, :n)', ' AND sk > :n')).map(
    ([page, { s }, range]) =>
      [
        'Query',
        {
          ...page,
          TableName,
          KeyConditionExpression: `pk = :s${range}`,
          ExpressionAttributeValues: { ':s': s, ...(range && { ':n': { S: '2' } }) },
        },
      ] as const,
  ),
  fc.tuple(page, owner).map(
    ([page, S]) =>
      [
        'Query',
        {
          ...page,
          TableName,
          IndexName: 'byOwner',
          KeyConditionExpression: '#o = :o',
          ExpressionAttributeNames: { '#o': 'owner' },
          ExpressionAttributeValues: { ':o': S },
        },
      ] as const,
  ),
  fc.constant(['Scan', { TableName }] as const),
  fc
    .constantFrom('team', 'cost')
    .map((Key) => ['TagResource', { ResourceArn, Tags: [{ Key, Value: 'x' }] }] as const),
  fc.constant(['UntagResource', { ResourceArn, TagKeys: ['team'] }] as const),
  fc.constant(['ListTagsOfResource', { ResourceArn }] as const),
  fc.constant(['GetItem', { TableName: 'nothing', Key: { pk: { S: 'a' } } }] as const),
);

describe('the engine', () => {
  it('answers and refuses as the server of dynalite does, whatever is asked in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
        const [one, other] = await Promise.all([own(), server()].map(withTable));

        for (const [name, input] of operations)
          expect([name, input, await one!(name, input)]).toEqual([
            name,
            input,
            await other!(name, input),
          ]);
      }),
      { numRuns: 60 },
    );
  });

  it('changes no item that it has given', async () => {
    const ask = await withTable(own());
    const Key = { pk: { S: 'a' }, sk: { S: '1' } };
    const change = (UpdateExpression: string) =>
      ask('UpdateItem', {
        TableName,
        Key,
        UpdateExpression,
        ExpressionAttributeValues: { ':n': { N: '7' } },
        ReturnValues: 'ALL_NEW',
      });
    await ask('PutItem', { TableName, Item: { ...Key, body: { M: { x: { N: '1' } } } } });
    const read: any = await ask('GetItem', { TableName, Key });
    const updated: any = await change('SET body.x = :n');
    await change('SET body.x = body.x + :n');

    expect(read.answer.Item.body.M.x.N).toBe('1');
    expect(updated.answer.Attributes.body.M.x.N).toBe('7');
  });
});
