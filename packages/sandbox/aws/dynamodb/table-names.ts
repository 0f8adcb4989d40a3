/** Table names and ARNs: DynamoDB takes either one wherever it asks for a table. */

/** The name of a table that is given by name or ARN. */
const tableName = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? (nameOrArn.split('/')[1] ?? '') : nameOrArn;

/** The ARN of a table that is given by name or ARN. */
export const tableArn = (nameOrArn: string, region: string, account: string): string =>
  nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:aws:dynamodb:${region}:${account}:table/${nameOrArn}`;

/** An input whose tables are given by name only. */
export const withNames = (input: any): any => ({
  ...input,
  ...(typeof input.TableName === 'string' ? { TableName: tableName(input.TableName) } : {}),
  ...(input.RequestItems
    ? {
        RequestItems: Object.fromEntries(
          Object.entries(input.RequestItems).map(([table, request]) => [tableName(table), request]),
        ),
      }
    : {}),
});
