/** CloudFormation's log resources. */
import type { ResourceProvider } from '../../cloud.ts';

/** `AWS::Logs::LogGroup`. */
export const logGroupResource: ResourceProvider = {
  properties: ['LogGroupName', 'RetentionInDays'],
  ignored: ['KmsKeyId', 'LogGroupClass', 'DataProtectionPolicy', 'FieldIndexPolicies', 'Tags'],
  create: async ({ LogGroupName, RetentionInDays }, { region, account, physicalName, call }) => {
    const logGroupName = LogGroupName ?? physicalName(512);
    await call('logs', 'CreateLogGroup', { logGroupName });
    if (RetentionInDays !== undefined) {
      await call('logs', 'PutRetentionPolicy', {
        logGroupName,
        retentionInDays: Number(RetentionInDays),
      });
    }
    const arn = `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*`;
    return { ref: logGroupName, attributes: { Arn: arn } };
  },
};

/** A type of which only the name is kept: nothing is logged, so nothing is filtered. */
export const nameOnly = (name: string, ignored: readonly string[]): ResourceProvider => ({
  properties: [name],
  ignored,
  create: async (properties, { physicalName }) => ({ ref: properties[name] ?? physicalName() }),
});

/** `AWS::Logs::LogStream`. */
export const logStreamResource = nameOnly('LogStreamName', ['LogGroupName']);
