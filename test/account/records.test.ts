import '../handlers/environment.ts';

import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { recordsOf } from '../../account/records.ts';
import { STARTED_INDEX } from '../../core/keys.ts';
import { openRelease } from '../../handlers/table/releases.ts';
import { engine } from '../../packages/sandbox/aws/dynamodb/engine.ts';
import { happening } from '../core/facts/happening.ts';
import { momentAfter, record } from '../core/fixture.ts';
import { account } from './account.ts';

const TABLE = 'tandem';

let send: ReturnType<typeof engine>['send'];
let dynamodb: ReturnType<typeof mockClient>;

const open = (name: string, minute: number) =>
  openRelease(
    { ...record({ times: { started: momentAfter(minute) } }), release: name },
    happening({ kind: 'closed', data: {} }, minute),
  );

beforeEach(async () => {
  ({ send } = engine());
  await send('CreateTable', {
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk', STARTED_INDEX].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: STARTED_INDEX,
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: STARTED_INDEX, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  while ((await send('DescribeTable', { TableName: TABLE })).Table.TableStatus !== 'ACTIVE')
    await new Promise((resolve) => setImmediate(resolve));
  dynamodb = mockClient(DynamoDBClient);
  dynamodb.onAnyCommand().callsFake((input) => {
    const name = dynamodb
      .calls()
      .at(-1)!
      .args[0].constructor.name.replace(/Command$/, '');
    return send(name, input);
  });
  // Their ids are in no order of time.
  await open('b', 1);
  await open('c', 3);
  await open('a', 2);
});

describe('a list of releases', () => {
  const listed = async (most?: number) => {
    const { releases, more } = await recordsOf(account).list('storefront', most);
    return { names: releases.map(({ release }) => release), more };
  };

  it('has the newest ones first, and says whether there are older ones', async () => {
    expect(await listed(2)).toEqual({ names: ['c', 'a'], more: true });
    expect(await listed(3)).toEqual({ names: ['c', 'a', 'b'], more: false });
  });

  it('reads no more than it shows, and one', async () => {
    await listed(1);

    expect(dynamodb.commandCalls(GetItemCommand)).toHaveLength(2);
  });

  it('has all of them when no number is given, by the table alone', async () => {
    expect(await listed()).toEqual({ names: ['c', 'a', 'b'], more: false });
    const [query] = dynamodb.commandCalls(QueryCommand);
    expect(query!.args[0].input.IndexName).toBeUndefined();
  });

  it('names a record that another version wrote, and shows the others', async () => {
    await send('PutItem', {
      TableName: TABLE,
      Item: marshall({
        pk: 'storefront',
        sk: 'release#d',
        [STARTED_INDEX]: momentAfter(4),
        body: { strange: true },
      }),
    });

    const found = await recordsOf(account).list('storefront', 3);

    expect(found.unreadable).toEqual(['release#d']);
    expect(found.releases.map(({ release }) => release)).toEqual(['c', 'a', 'b']);
  });
});

describe('a pair that the account does not have', () => {
  it('is refused in one sentence, with the pairs there are, by a list and by the newest release', async () => {
    mockClient(SFNClient).on(ListExecutionsCommand).resolves({ executions: [] });
    mockClient(SSMClient)
      .on(GetParametersByPathCommand)
      .resolves({
        Parameters: ['shop', 'storefront'].map((pair) => ({ Name: `/tandem/${pair}/pair` })),
      });
    const { list, newest } = recordsOf(account);
    const sentence =
      'There is no pair nopair (the account has shop, storefront): correct the name, or deploy its stack';

    await expect(list('nopair')).rejects.toThrow(sentence);
    await expect(newest('nopair')).rejects.toThrow(sentence);
    await expect(newest('shop')).rejects.toThrow('No release of shop is among the last 20');
  });
});
