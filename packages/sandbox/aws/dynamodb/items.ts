/** DynamoDB's operations on items. Transactions do not exist in the sandbox. */
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../cloud.ts';
import type { Engine, Send } from './engine.ts';
import { jsonCopy } from './json-copy.ts';
import { withNames } from './table-names.ts';

const READING = ['GetItem', 'BatchGetItem', 'BatchWriteItem', 'Query', 'Scan'];
const CONDITIONAL = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** The key of the item that a conditional write is about. */
const keyOf = async (send: Send, { TableName, Key, Item }: any): Promise<unknown> => {
  if (Key) return Key;
  const { Table } = await send('DescribeTable', { TableName });
  return Object.fromEntries(
    Table.KeySchema.map(({ AttributeName }: { AttributeName: string }) => [
      AttributeName,
      Item[AttributeName],
    ]),
  );
};

/** The failed condition's error with the item that it was checked against, which dynalite leaves out. */
const withItem = async (send: Send, input: any, error: AwsError): Promise<AwsError> => {
  const { TableName } = input;
  const { Item } = await send('GetItem', {
    TableName,
    Key: await keyOf(send, input),
    ConsistentRead: true,
  });
  return new AwsError(error.name, error.message, {
    status: error.status,
    ...(Item ? { Item } : {}),
  });
};

const conditional =
  (operation: string, engineOf: (region: string) => Engine): Operation =>
  ({ ReturnValuesOnConditionCheckFailure: wanted, ...input }, { region }) =>
    engineOf(region).inTurn(async (send) => {
      const named = withNames(input);
      try {
        return await send(operation, named);
      } catch (error) {
        const failed =
          error instanceof AwsError && error.name === 'ConditionalCheckFailedException';
        throw failed && wanted === 'ALL_OLD' ? await withItem(send, named, error) : error;
      }
    });

/**
 * Clients and state machines, who call as a role, give copies and take copies of what they are given. For everybody else
 * they are made here.
 */
const apart =
  (run: Operation): Operation =>
  async (input, caller) =>
    caller.principal.kind === 'role'
      ? run(input, caller)
      : jsonCopy(await run(jsonCopy(input), caller));

/** Reading, writing and conditional writing of items; input and answer are the JSON of the wire. */
export const itemOperations = (engineOf: (region: string) => Engine): Record<string, Operation> =>
  Object.fromEntries([
    ...READING.map((operation): [string, Operation] => [
      operation,
      apart((input, { region }) => engineOf(region).send(operation, withNames(input))),
    ]),
    ...CONDITIONAL.map((operation): [string, Operation] => [
      operation,
      apart(conditional(operation, engineOf)),
    ]),
  ]);
