/** CloudWatch Logs: log groups exist by name; nothing is written into them on a laptop. */
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Permission, Service } from '../../cloud.ts';
import { logGroupResource, logStreamResource, nameOnly } from './resources.ts';

interface LogGroup {
  readonly logGroupName: string;
  readonly arn: string;
  readonly creationTime: number;
  readonly retentionInDays?: number;
}

/** CreateLogGroup, PutRetentionPolicy and DescribeLogGroups. */
export const logsService = (cloud: Cloud): Service => {
  const regions = new Map<string, Map<string, LogGroup>>();
  const groups = (region: string) => {
    const known = regions.get(region) ?? new Map<string, LogGroup>();
    regions.set(region, known);
    return known;
  };
  const arnOf = (name: string, { region }: Caller) =>
    `arn:aws:logs:${region}:${cloud.account}:log-group:${name}:*`;
  const asks =
    (operation: string) =>
    ({ logGroupName }: any, caller: Caller): Permission[] => [
      { action: `logs:${operation}`, resource: arnOf(logGroupName ?? '', caller) },
    ];

  return {
    id: 'logs',
    operations: {
      CreateLogGroup: ({ logGroupName }, caller) => {
        const known = groups(caller.region);
        if (known.has(logGroupName)) {
          throw new AwsError(
            'ResourceAlreadyExistsException',
            'The specified log group already exists',
          );
        }
        known.set(logGroupName, {
          logGroupName,
          arn: arnOf(logGroupName, caller),
          creationTime: cloud.clock.now(),
        });
        return {};
      },
      PutRetentionPolicy: ({ logGroupName, retentionInDays }, { region }) => {
        const group = groups(region).get(logGroupName);
        if (!group) {
          throw new AwsError(
            'ResourceNotFoundException',
            'The specified log group does not exist.',
          );
        }
        groups(region).set(logGroupName, { ...group, retentionInDays });
        return {};
      },
      DescribeLogGroups: ({ logGroupNamePrefix = '' }, { region }) => ({
        logGroups: [...groups(region).values()]
          .filter(({ logGroupName }) => logGroupName.startsWith(logGroupNamePrefix))
          .sort((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1)),
      }),
    },
    permissions: Object.fromEntries(
      ['CreateLogGroup', 'PutRetentionPolicy', 'DescribeLogGroups'].map((operation) => [
        operation,
        asks(operation),
      ]),
    ),
    resources: {
      'AWS::Logs::LogGroup': logGroupResource,
      'AWS::Logs::LogStream': logStreamResource,
      'AWS::Logs::ResourcePolicy': nameOnly('PolicyName', ['PolicyDocument']),
      'AWS::Logs::MetricFilter': nameOnly('FilterName', [
        'LogGroupName',
        'FilterPattern',
        'MetricTransformations',
        'ApplyOnTransformedLogs',
      ]),
    },
  };
};
