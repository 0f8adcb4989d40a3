/** CloudFormation's queues and their policies. */
import type { ResourceProvider } from '../../cloud.ts';
import { queueUrl } from '../../delivery/dead-letter.ts';

/** `AWS::SQS::Queue`, standard queues only. */
export const queueResource: ResourceProvider = {
  properties: ['QueueName', 'VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds'],
  ignored: [
    'KmsMasterKeyId',
    'KmsDataKeyReusePeriodSeconds',
    'SqsManagedSseEnabled',
    'ReceiveMessageWaitTimeSeconds',
    'MaximumMessageSize',
    'RedriveAllowPolicy',
    'Tags',
  ],
  create: async ({ QueueName, ...attributes }, { region, account, physicalName, call }) => {
    const name = QueueName ?? physicalName(80);
    const used = ['VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds']
      .filter((attribute) => attributes[attribute] !== undefined)
      .map((attribute) => [attribute, String(attributes[attribute])]);
    const { QueueUrl } = await call('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: Object.fromEntries(used),
    });
    return {
      ref: QueueUrl,
      attributes: {
        Arn: `arn:aws:sqs:${region}:${account}:${name}`,
        QueueName: name,
        QueueUrl: queueUrl(`arn:aws:sqs:${region}:${account}:${name}`),
      },
    };
  },
};

/** `AWS::SQS::QueuePolicy`. */
export const queuePolicyResource: ResourceProvider = {
  properties: ['PolicyDocument', 'Queues'],
  create: async ({ PolicyDocument, Queues }, { physicalName, call }) => {
    for (const QueueUrl of Queues) {
      await call('sqs', 'SetQueueAttributes', {
        QueueUrl,
        Attributes: { Policy: JSON.stringify(PolicyDocument) },
      });
    }
    return { ref: physicalName() };
  },
};
