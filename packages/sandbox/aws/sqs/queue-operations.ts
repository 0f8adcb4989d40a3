/** Creates, finds and describes queues. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { queueUrl } from '../../delivery/dead-letter.ts';
import { resourcePolicy } from '../../delivery/resource-policy.ts';
import { keptMessages, type Queue, type Queues } from './queues.ts';

/** The attributes that a queue can be given, with AWS's defaults in seconds. */
const DEFAULTS = { VisibilityTimeout: 30, MessageRetentionPeriod: 345_600, DelaySeconds: 0 };

/** Accepted, without meaning on a laptop. */
const IGNORED = [
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'ReceiveMessageWaitTimeSeconds',
  'MaximumMessageSize',
];

const attributesOf = (queue: Queue, now: number): Record<string, string> => {
  const messages = keptMessages(queue, now);
  const visible = messages.filter(({ visibleAt }) => visibleAt <= now).length;
  const inFlight = messages.filter(({ visibleAt, receives }) => visibleAt > now && receives > 0);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
    ApproximateNumberOfMessagesDelayed: String(messages.length - visible - inFlight.length),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    VisibilityTimeout: String(queue.visibilityTimeout),
    MessageRetentionPeriod: String(queue.retention),
    DelaySeconds: String(queue.delay),
    ...(queue.policy && { Policy: JSON.stringify(queue.policy) }),
  };
};

/** CreateQueue, DeleteQueue, GetQueueUrl, ListQueues, GetQueueAttributes, SetQueueAttributes (Policy). */
export const queueOperations = (
  cloud: Cloud,
  state: Queues,
  created: () => void,
): Record<string, Operation> => ({
  CreateQueue: ({ QueueName, Attributes = {} }, { region }) => {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(QueueName ?? '')) {
      throw new AwsError(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    }
    const existing = state.inRegion(region).get(QueueName);
    if (existing) return { QueueUrl: existing.url };
    for (const name of Object.keys(Attributes)) {
      if (Object.hasOwn(DEFAULTS, name) || name === 'Policy' || IGNORED.includes(name)) continue;
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    const seconds = (name: keyof typeof DEFAULTS) => Number(Attributes[name] ?? DEFAULTS[name]);
    const arn = `arn:aws:sqs:${region}:${cloud.account}:${QueueName}`;
    const queue: Queue = {
      name: QueueName,
      arn,
      url: queueUrl(arn),
      createdAt: cloud.clock.now(),
      visibilityTimeout: seconds('VisibilityTimeout'),
      retention: seconds('MessageRetentionPeriod'),
      delay: seconds('DelaySeconds'),
      policy: Attributes.Policy ? resourcePolicy(Attributes.Policy) : undefined,
      messages: [],
    };
    state.inRegion(region).set(QueueName, queue);
    created();
    return { QueueUrl: queue.url };
  },

  DeleteQueue: ({ QueueUrl }, { region }) => {
    state.inRegion(region).delete(state.find(region, QueueUrl).name);
    return {};
  },

  GetQueueUrl: ({ QueueName }, { region }) => ({ QueueUrl: state.find(region, QueueName).url }),

  ListQueues: ({ QueueNamePrefix = '' }, { region }) => ({
    QueueUrls: [...state.inRegion(region).values()]
      .filter(({ name }) => name.startsWith(QueueNamePrefix))
      .map(({ url }) => url),
  }),

  GetQueueAttributes: ({ QueueUrl, AttributeNames = [] }, { region }) => {
    const attributes = Object.entries(
      attributesOf(state.find(region, QueueUrl), cloud.clock.now()),
    ).filter(([name]) => AttributeNames.includes('All') || AttributeNames.includes(name));
    return { Attributes: Object.fromEntries(attributes) };
  },

  SetQueueAttributes: ({ QueueUrl, Attributes }, { region }) => {
    const { Policy, ...others } = Attributes;
    const [unknown] = Object.keys(others);
    if (unknown) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    state.find(region, QueueUrl).policy = Policy ? resourcePolicy(Policy) : undefined;
    return {};
  },
});
