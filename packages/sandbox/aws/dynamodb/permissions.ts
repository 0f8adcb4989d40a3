/** What IAM is asked for DynamoDB's operations: the table, or the index that is read. */
import type { Caller, Permission, Service } from '../../cloud.ts';
import { tableArn } from './table-names.ts';

const ON_TABLE = [
  'CreateTable',
  'DescribeTable',
  'UpdateTable',
  'DeleteTable',
  'UpdateTimeToLive',
  'DescribeTimeToLive',
  'UpdateContinuousBackups',
  'DescribeContinuousBackups',
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
];
const ON_TABLES = ['BatchGetItem', 'BatchWriteItem'];
const ON_ARN = ['TagResource', 'UntagResource', 'ListTagsOfResource'];

/** Permissions by operation. */
export const dynamodbPermissions = (account: string): NonNullable<Service['permissions']> => {
  const arnOf = (table: string, { region }: Caller) => tableArn(table, region, account);

  const onTable =
    (operation: string) =>
    ({ TableName = '', IndexName }: any, caller: Caller): Permission[] => [
      {
        action: `dynamodb:${operation}`,
        resource: arnOf(TableName, caller) + (IndexName ? `/index/${IndexName}` : ''),
      },
    ];
  const onTables =
    (operation: string) =>
    ({ RequestItems = {} }: any, caller: Caller): Permission[] =>
      Object.keys(RequestItems).map((table) => ({
        action: `dynamodb:${operation}`,
        resource: arnOf(table, caller),
      }));
  const onArn =
    (operation: string) =>
    ({ ResourceArn }: any): Permission[] => [
      { action: `dynamodb:${operation}`, resource: ResourceArn },
    ];

  return {
    ...Object.fromEntries(ON_TABLE.map((operation) => [operation, onTable(operation)])),
    ...Object.fromEntries(ON_TABLES.map((operation) => [operation, onTables(operation)])),
    ...Object.fromEntries(ON_ARN.map((operation) => [operation, onArn(operation)])),
  };
};
