/** CloudFormation's `AWS::DynamoDB::Table`. */
import type { ResourceProvider } from '../../cloud.ts';

/** Templates write numbers as numbers or as text; the API takes numbers only. */
const throughput = (given?: Record<string, unknown>) =>
  given && {
    ReadCapacityUnits: Number(given.ReadCapacityUnits),
    WriteCapacityUnits: Number(given.WriteCapacityUnits),
  };

const isTrue = (value: unknown) => String(value) === 'true';

const withThroughput = (index: any) => ({
  IndexName: index.IndexName,
  KeySchema: index.KeySchema,
  Projection: index.Projection,
  ProvisionedThroughput: throughput(index.ProvisionedThroughput),
});

const table: ResourceProvider = {
  properties: [
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'PointInTimeRecoverySpecification',
    'ProvisionedThroughput',
    'TableName',
    'TimeToLiveSpecification',
  ],
  ignored: [
    'ContributorInsightsSpecification',
    'DeletionProtectionEnabled',
    'OnDemandThroughput',
    'SSESpecification',
    'TableClass',
    'Tags',
    'WarmThroughput',
  ],
  create: async (properties, { call, physicalName }) => {
    const { TimeToLiveSpecification: ttl, PointInTimeRecoverySpecification: recovery } = properties;
    const TableName = properties.TableName ?? physicalName();
    const { TableDescription } = await call('dynamodb', 'CreateTable', {
      TableName,
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      BillingMode: properties.BillingMode,
      ProvisionedThroughput: throughput(properties.ProvisionedThroughput),
      GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(withThroughput),
      LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
    });
    if (isTrue(ttl?.Enabled)) {
      const TimeToLiveSpecification = { AttributeName: ttl.AttributeName, Enabled: true };
      await call('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification });
    }
    if (isTrue(recovery?.PointInTimeRecoveryEnabled)) {
      const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
      await call('dynamodb', 'UpdateContinuousBackups', {
        TableName,
        PointInTimeRecoverySpecification,
      });
    }
    return { ref: TableName, attributes: { Arn: TableDescription.TableArn } };
  },
};

/** The resource types of DynamoDB. */
export const dynamodbResources: Readonly<Record<string, ResourceProvider>> = {
  'AWS::DynamoDB::Table': table,
};
