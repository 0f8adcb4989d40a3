/** Knows how a task publishes to a topic. */
import { type Action, caller, fields, sdkMetadata, textOf } from './action.ts';

const call = caller({ prefix: 'SNS', base: 'AmazonSNSException', client: 'AmazonSNS' });

const parameters = [
  'TopicArn',
  'TargetArn',
  'PhoneNumber',
  'Message',
  'MessageAttributes',
  'MessageStructure',
  'MessageDeduplicationId',
  'MessageGroupId',
  'Subject',
];

/** `arn:aws:states:::sns:publish` */
export const snsPublish: Action = {
  request: async (given, task) => {
    const { Message, ...rest } = fields(given, parameters, 'sns:publish');
    const input = { ...rest, ...(Message !== undefined && { Message: textOf(Message) }) };
    const answer = await call(task, 'sns', 'Publish', input);
    const { MessageId, SequenceNumber } = answer;
    return {
      MessageId,
      ...(SequenceNumber && { SequenceNumber }),
      ...sdkMetadata(task, 200),
    };
  },
};
