import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import {
  type Registration,
  settingsParameter,
  targetParameter,
} from '../../core/drivers/registration.ts';
import { chainOf, type Link } from '../../core/facts/chain.ts';
import { ledgerOf } from '../../core/facts/ledger.ts';
import { basesQuery, factsQuery, OPEN_INDEX, STARTED_INDEX } from '../../core/keys.ts';
import { readRecord } from '../../core/record/read-record.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { Turn } from '../../handlers/table/turns.ts';
import { engine } from '../../packages/sandbox/aws/dynamodb/engine.ts';
import { executionArn } from './environment.ts';

/** What surrounds a handler: a real database in memory, and Step Functions and parameters as far as handlers use them. */

const TABLE = 'tandem';

const KEYS = ['pk', 'sk'] as const;

const refusal = (error: Error): Error =>
  error.name === 'ConditionalCheckFailedException'
    ? new ConditionalCheckFailedException({ message: error.message, $metadata: {} })
    : error;

const database = async () => {
  const { send } = engine();
  await send('CreateTable', {
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: KEYS.map((name, index) => ({
      AttributeName: name,
      KeyType: index === 0 ? 'HASH' : 'RANGE',
    })),
    AttributeDefinitions: [...KEYS, OPEN_INDEX, STARTED_INDEX].map((name) => ({
      AttributeName: name,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: OPEN_INDEX,
        KeySchema: [{ AttributeName: OPEN_INDEX, KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
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

  const run = (operation: string) => (input: unknown) =>
    send(operation, input).catch((error: Error) => {
      throw refusal(error);
    });
  const dynamodb = mockClient(DynamoDBClient);
  dynamodb.on(GetItemCommand).callsFake(run('GetItem'));
  dynamodb.on(PutItemCommand).callsFake(run('PutItem'));
  dynamodb.on(UpdateItemCommand).callsFake(run('UpdateItem'));
  dynamodb.on(QueryCommand).callsFake(run('Query'));

  const put = (pk: string, sk: string, body: unknown, attributes: object = {}) =>
    send('PutItem', {
      TableName: TABLE,
      Item: marshall({ version: 1, ...attributes, pk, sk, body }, { removeUndefinedValues: true }),
    });
  const get = async (pk: string, sk: string): Promise<any> => {
    const { Item } = await send('GetItem', { TableName: TABLE, Key: marshall({ pk, sk }) });
    return Item && unmarshall(Item).body;
  };
  return {
    dynamodb,
    put,
    get,
    query: run('Query'),
    queryOnePerPage: (input: object) => run('Query')({ ...input, Limit: 1 }),
  };
};

interface Execution {
  readonly input: string;
  status: 'RUNNING' | 'FAILED' | 'SUCCEEDED' | 'ABORTED';
}

const stepFunctions = () => {
  const executions = new Map<string, Execution>();
  const lostTokens = new Set<string>();
  const sfn = mockClient(SFNClient);

  sfn.on(DescribeExecutionCommand).callsFake(async ({ executionArn: arn }) => {
    const found = executions.get(arn);
    if (!found) throw new ExecutionDoesNotExist({ message: arn, $metadata: {} });
    return { executionArn: arn, ...found };
  });
  // A name is taken for 90 days; the same input while it runs is the same execution.
  sfn.on(StartExecutionCommand).callsFake(async ({ name, input }) => {
    const arn = executionArn(name);
    const found = executions.get(arn);
    if (found && (found.status !== 'RUNNING' || found.input !== input)) {
      throw new ExecutionAlreadyExists({ message: arn, $metadata: {} });
    }
    executions.set(arn, { input, status: 'RUNNING' });
    return { executionArn: arn };
  });
  sfn.on(StopExecutionCommand).callsFake(async ({ executionArn: arn }) => {
    const found = executions.get(arn);
    if (!found) throw new ExecutionDoesNotExist({ message: arn, $metadata: {} });
    if (found.status === 'RUNNING') found.status = 'ABORTED';
    return {};
  });
  sfn.on(SendTaskSuccessCommand).callsFake(async ({ taskToken }) => {
    if (lostTokens.has(taskToken)) throw new TaskTimedOut({ message: taskToken, $metadata: {} });
    return {};
  });
  /** What each token was completed with. */
  const completed = () =>
    sfn
      .commandCalls(SendTaskSuccessCommand)
      .map(({ args: [{ input }] }) => [input.taskToken, JSON.parse(input.output ?? 'null')]);
  return { sfn, executions, lostTokens, completed };
};

const parameters = () => {
  const values = new Map<string, string>();
  /** When the parameters were written last, and how often. */
  const written = { at: new Date('2026-11-01T00:00:00Z'), version: 1 };
  const ssm = mockClient(SSMClient);
  ssm.on(GetParametersByPathCommand).callsFake(async ({ Path }) => ({
    Parameters: [...values]
      .filter(([name]) => name.startsWith(Path))
      .map(([Name, Value]) => ({
        Name,
        Value,
        Version: written.version,
        LastModifiedDate: written.at,
      })),
  }));
  const register = ({ targets, ...settings }: Registration) => {
    values.set(settingsParameter(settings.pair), JSON.stringify(settings));
    for (const target of Object.values(targets)) {
      values.set(targetParameter(settings.pair, target.name), JSON.stringify(target));
    }
  };
  return { ssm, values, written, register };
};

/** Opens an empty account. Every client of these three services that a handler holds speaks to the newest one. */
export const openAccount = async () => {
  const { put, get, ...table } = await database();
  const states = stepFunctions();

  /** The facts of a release, in their order. */
  const factsOf = async (release: string, pair = 'storefront'): Promise<readonly Link[]> => {
    const { facts } = await get(pair, `release#${release}`);
    const query = { TableName: TABLE, ...factsQuery(pair, release, 0) };
    const { Items } = await table.query(query);
    return chainOf(
      facts,
      Items.map((item: any) => item.fact.S),
    );
  };

  /** The lines of what a release was judged by. */
  const basesOf = async (release: string, pair = 'storefront'): Promise<readonly string[]> => {
    const { Items } = await table.query({ TableName: TABLE, ...basesQuery(pair, release) });
    return Items.map((item: any) => item.basis.S);
  };

  return {
    basesOf,
    ...table,
    put,
    get,
    ...states,
    ...parameters(),
    /** Puts a release into the table, its execution running. */
    release: async (record: ReleaseRecord): Promise<ReleaseRecord> => {
      const listed = record.closed ? {} : { [OPEN_INDEX]: 'release' };
      const started = record.times.started ?? '2026-11-23T08:00:00.000Z';
      await put(record.pair, `release#${record.release}`, record, {
        ...listed,
        [STARTED_INDEX]: started,
      });
      states.executions.set(executionArn(record.release), {
        input: JSON.stringify({ pair: record.pair }),
        status: 'RUNNING',
      });
      return record;
    },
    /** The record of a release as the table holds it, without where its facts stand. */
    recordOf: async (release: string, pair = 'storefront'): Promise<ReleaseRecord> => {
      const { facts: _, ...record } = readRecord(await get(pair, `release#${release}`));
      return record;
    },
    factsOf,
    /** The lines of a release's ledger. */
    ledgerOf: async (release: string, pair = 'storefront'): Promise<readonly string[]> =>
      ledgerOf(await factsOf(release, pair)).map(({ what }) => what),
    giveTurn: (turn: Turn, pair = 'storefront') => put(pair, 'turn', turn),
    turnOf: (pair = 'storefront'): Promise<Turn> => get(pair, 'turn'),
  };
};
export type Account = Awaited<ReturnType<typeof openAccount>>;
