import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../../packages/sandbox/cloud.ts';
import { account, region, smallCloud } from '../../template/small-cloud.ts';

const definition = {
  TableName: 'turns',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'owner', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byOwner',
      KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

const database = async () => {
  const cloud = smallCloud();
  const db = (operation: string, input: unknown, where = region) =>
    cloud.call('dynamodb', operation, input, undefined, where);
  await db('CreateTable', definition);
  return { ...cloud, db };
};

const TableName = 'turns';
const Key = { pk: { S: 'pair' } };
const taking = (owner: string) => ({
  TableName,
  Item: { ...Key, owner: { S: owner } },
  ConditionExpression: 'attribute_not_exists(pk)',
});

it('gives and takes what its caller may change afterwards', async () => {
  const { db } = await database();
  const taken = taking('a');
  await db('PutItem', taken);
  taken.Item.owner.S = 'c';
  const { Item } = await db('GetItem', { TableName, Key });
  Item.owner.S = 'b';

  expect(await db('GetItem', { TableName, Key })).toMatchObject({ Item: { owner: { S: 'a' } } });
});

describe('conditional writes', () => {
  it('let exactly one of many callers win', async () => {
    const { db } = await database();

    const attempts = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((owner) => db('PutItem', taking(owner))),
    );

    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(attempts[0]?.status).toBe('fulfilled');
    const lost = attempts[1] as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      status: 400,
    });
  });

  it('count without losing an update', async () => {
    const { db } = await database();
    const add = {
      TableName,
      Key,
      UpdateExpression: 'ADD signals :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    };

    await Promise.all(Array.from({ length: 50 }, () => db('UpdateItem', add)));

    expect((await db('GetItem', { TableName, Key })).Item.signals).toEqual({ N: '50' });
  });

  it('show the loser the item, of a put, an update and a delete', async () => {
    const { db } = await database();
    await db('PutItem', taking('a'));
    const ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
    const onlyNobody = {
      TableName,
      Key,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure,
    };
    const lost = {
      name: 'ConditionalCheckFailedException',
      members: { Item: { ...Key, owner: { S: 'a' } } },
    };

    await expect(
      db('PutItem', { ...taking('b'), ReturnValuesOnConditionCheckFailure }),
    ).rejects.toMatchObject(lost);
    await expect(db('DeleteItem', onlyNobody)).rejects.toMatchObject(lost);
    await expect(
      db('UpdateItem', {
        ...onlyNobody,
        UpdateExpression: 'SET x = :x',
        ExpressionAttributeValues: { ':x': { S: 'x' } },
      }),
    ).rejects.toMatchObject(lost);
    await expect(db('PutItem', taking('b'))).rejects.toMatchObject({ members: {} });
  });
});

describe('tables', () => {
  it('carry account, Region and service time', async () => {
    const { db, clock } = await database();

    const { Table } = await db('DescribeTable', { TableName });

    const arn = `arn:aws:dynamodb:${region}:${account}:table/turns`;
    expect(Table).toMatchObject({
      TableArn: arn,
      TableStatus: 'ACTIVE',
      CreationDateTime: clock.now() / 1000,
    });
    expect(Table.GlobalSecondaryIndexes[0].IndexArn).toBe(`${arn}/index/byOwner`);
    expect((await db('DescribeTable', { TableName: arn })).Table.TableArn).toBe(arn);
  });

  it('live in one Region, and can be made again once they are deleted', async () => {
    const { db } = await database();

    await expect(db('DescribeTable', { TableName }, 'eu-west-1')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(db('CreateTable', definition)).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    await db('PutItem', taking('a'));
    await db('DeleteTable', { TableName });
    await db('CreateTable', definition);

    expect((await db('Scan', { TableName })).Count).toBe(0);
    expect((await db('ListTables', {})).TableNames).toEqual(['turns']);
  });

  it('remember time to live and point-in-time recovery', async () => {
    const { db } = await database();
    const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
    expect((await db('DescribeTimeToLive', { TableName })).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'DISABLED',
    });

    await db('UpdateTimeToLive', { TableName, TimeToLiveSpecification });
    await db('UpdateContinuousBackups', {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });

    expect((await db('DescribeTimeToLive', { TableName })).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expires',
    });
    const { ContinuousBackupsDescription } = await db('DescribeContinuousBackups', { TableName });
    expect(
      ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus,
    ).toBe('ENABLED');
    await expect(db('UpdateTimeToLive', { TableName, TimeToLiveSpecification })).rejects.toThrow(
      'TimeToLive is already enabled',
    );
    await expect(
      db('UpdateTimeToLive', { TableName: 'none', TimeToLiveSpecification }),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuse transactions by name', async () => {
    const { db } = await database();

    await expect(db('TransactWriteItems', {})).rejects.toThrow(
      'dynamodb.TransactWriteItems is not part of this sandbox',
    );
  });
});

describe('permissions', () => {
  it('are asked for the table, or for the index that is queried', async () => {
    const { call } = await database();
    const arn = `arn:aws:dynamodb:${region}:${account}:table/turns`;
    const role: Principal = { kind: 'role', arn: `arn:aws:iam::${account}:role/r`, session: 's' };
    const statement = (Action: unknown, Resource: unknown) => ({
      Effect: 'Allow',
      Action,
      Resource,
    });
    await call('iam', 'CreateRole', {
      RoleName: 'r',
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
      },
    });
    await call('iam', 'PutRolePolicy', {
      RoleName: 'r',
      PolicyName: 'p',
      PolicyDocument: {
        Statement: [
          statement(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'], arn),
        ],
      },
    });
    const query = {
      TableName,
      IndexName: 'byOwner',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { S: 'a' } },
    };

    await expect(call('dynamodb', 'GetItem', { TableName, Key }, role)).resolves.toEqual({});
    await expect(
      call('dynamodb', 'BatchGetItem', { RequestItems: { turns: { Keys: [Key] } } }, role),
    ).resolves.toBeDefined();
    await expect(call('dynamodb', 'Query', query, role)).rejects.toThrow(
      `dynamodb:Query on resource: ${arn}/index/byOwner`,
    );
  });
});
