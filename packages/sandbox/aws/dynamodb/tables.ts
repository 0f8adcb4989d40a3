/** DynamoDB's operations on tables. A table is usable as soon as the call that creates or changes it is answered. */
import { setImmediate } from 'node:timers/promises';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import type { Engine, Send } from './engine.ts';
import { tableArn, withNames } from './table-names.ts';

/** What dynalite does not know of a table: its Region and account, and the service time. */
const localised = (description: any, cloud: Cloud, region: string, created: number | undefined) => {
  const TableArn = tableArn(description.TableName, region, cloud.account);
  const indexes = (list: any[]) =>
    list.map((index) => ({ ...index, IndexArn: `${TableArn}/index/${index.IndexName}` }));
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes, BillingModeSummary } = description;
  return {
    ...description,
    TableArn,
    ...(created === undefined ? {} : { CreationDateTime: created }),
    ...(GlobalSecondaryIndexes ? { GlobalSecondaryIndexes: indexes(GlobalSecondaryIndexes) } : {}),
    ...(LocalSecondaryIndexes ? { LocalSecondaryIndexes: indexes(LocalSecondaryIndexes) } : {}),
    ...(BillingModeSummary && created !== undefined
      ? {
          BillingModeSummary: { ...BillingModeSummary, LastUpdateToPayPerRequestDateTime: created },
        }
      : {}),
  };
};

/** dynalite changes tables a moment after its answer; this waits for it. */
const settled = async (send: Send, TableName: string) => {
  for (;;) {
    const status = await send('DescribeTable', { TableName }).then(
      ({ Table }) => Table.TableStatus,
      () => 'DELETED',
    );
    if (status === 'ACTIVE' || status === 'DELETED') return;
    await setImmediate();
  }
};

/** CreateTable, DescribeTable, UpdateTable, DeleteTable, ListTables, and tags. `forget` is told of deleted tables. */
export const tableOperations = (
  cloud: Cloud,
  engineOf: (region: string) => Engine,
  forget: (region: string, table: string) => void,
): Record<string, Operation> => {
  /** Creation in seconds of service time, by ARN. */
  const created = new Map<string, number>();
  const arnOf = (table: string, { region }: Caller) => tableArn(table, region, cloud.account);
  const shown = (description: any, caller: Caller) =>
    localised(description, cloud, caller.region, created.get(arnOf(description.TableName, caller)));

  const change =
    (operation: string): Operation =>
    (input, caller) =>
      engineOf(caller.region).inTurn(async (send) => {
        const named = withNames(input);
        const { TableDescription } = await send(operation, named);
        await settled(send, named.TableName);
        const arn = arnOf(named.TableName, caller);
        if (operation === 'CreateTable') created.set(arn, cloud.clock.now() / 1000);
        const answer = { TableDescription: shown(TableDescription, caller) };
        if (operation === 'DeleteTable') {
          created.delete(arn);
          forget(caller.region, named.TableName);
        }
        return answer;
      });

  const pass =
    (operation: string): Operation =>
    (input, { region }) =>
      engineOf(region).send(operation, input);

  return {
    CreateTable: change('CreateTable'),
    UpdateTable: change('UpdateTable'),
    DeleteTable: change('DeleteTable'),
    DescribeTable: async (input, caller) => {
      const { Table } = await engineOf(caller.region).send('DescribeTable', withNames(input));
      return { Table: shown(Table, caller) };
    },
    ListTables: pass('ListTables'),
    TagResource: pass('TagResource'),
    UntagResource: pass('UntagResource'),
    ListTagsOfResource: pass('ListTagsOfResource'),
  };
};
