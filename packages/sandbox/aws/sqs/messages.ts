/** Sends, receives and deletes messages. */
import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { permits } from '../../delivery/resource-policy.ts';
import { uuid } from '../../delivery/uuid.ts';
import { denied } from '../../policy/denied.ts';
import { keptMessages, type Message, type Queues } from './queues.ts';

/** AWS's limit of one message, in bytes. */
const LONGEST_MESSAGE = 1_048_576;

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

const received = (message: Message) => ({
  MessageId: message.id,
  ReceiptHandle: message.receipt,
  MD5OfBody: md5(message.body),
  Body: message.body,
  Attributes: {
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  MessageAttributes: message.attributes,
});

/** SendMessage, ReceiveMessage (never waits), DeleteMessage, PurgeQueue. */
export const messageOperations = (cloud: Cloud, state: Queues): Record<string, Operation> => ({
  SendMessage: (input, caller) => {
    const { QueueUrl, MessageBody, MessageAttributes = {}, DelaySeconds, SourceArn } = input;
    const queue = state.find(caller.region, QueueUrl);
    if (!permits(queue.policy, caller, 'sqs:SendMessage', SourceArn)) {
      throw denied(
        'sqs',
        `Access to the resource ${queue.url} is denied: its policy does not let the service send`,
      );
    }
    if (typeof MessageBody !== 'string' || MessageBody === '') {
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
    }
    if (Buffer.byteLength(MessageBody) > LONGEST_MESSAGE) {
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${LONGEST_MESSAGE} bytes.`,
      );
    }
    const now = cloud.clock.now();
    const message: Message = {
      id: uuid(cloud),
      body: MessageBody,
      attributes: MessageAttributes,
      sentAt: now,
      visibleAt: now + (DelaySeconds ?? queue.delay) * 1000,
      firstReceivedAt: undefined,
      receives: 0,
      receipt: undefined,
    };
    queue.messages.push(message);
    return { MessageId: message.id, MD5OfMessageBody: md5(message.body) };
  },

  ReceiveMessage: ({ QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout }, { region }) => {
    const queue = state.find(region, QueueUrl);
    const now = cloud.clock.now();
    const messages = keptMessages(queue, now)
      .filter(({ visibleAt }) => visibleAt <= now)
      .slice(0, MaxNumberOfMessages);
    for (const message of messages) {
      message.visibleAt = now + (VisibilityTimeout ?? queue.visibilityTimeout) * 1000;
      message.firstReceivedAt ??= now;
      message.receives += 1;
      message.receipt = cloud.id(64);
    }
    return messages.length > 0 ? { Messages: messages.map(received) } : {};
  },

  DeleteMessage: ({ QueueUrl, ReceiptHandle }, { region }) => {
    const queue = state.find(region, QueueUrl);
    const index = queue.messages.findIndex(({ receipt }) => receipt === ReceiptHandle);
    if (index >= 0) queue.messages.splice(index, 1);
    return {};
  },

  PurgeQueue: ({ QueueUrl }, { region }) => {
    state.find(region, QueueUrl).messages = [];
    return {};
  },
});
