/** Publish and PublishBatch: check a message, keep it, hand it to the subscriptions. */
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { permits } from '../../delivery/resource-policy.ts';
import { uuid } from '../../delivery/uuid.ts';
import { denied } from '../../policy/denied.ts';
import { useKey } from './encryption.ts';
import type { MessageAttribute, Topic, TopicMessage, Topics } from './topics.ts';

/** AWS's limit of a message with its attributes, and of a batch, in bytes. */
const LONGEST = 262_144;
const LARGEST_BATCH = 10;
/** Messages that are kept for people to read, per topic. */
const KEPT = 100;

/** Services that the policy AWS gives a new topic lets in; a policy of one's own must name them again. */
const DEFAULT_PUBLISHERS: readonly string[] = ['cloudwatch.amazonaws.com'];

/** ASCII, at most 100 characters, no line break, beginning with a letter, a digit or a punctuation mark. */
const SUBJECT = /^[!-~][ -~]{0,99}$/;

/** Types of attributes; a publisher may add a label of its own. */
const TYPE = /^(String|Number|Binary)(\..+)?$/;

const invalid = (what: string) =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${what}`);

const attributesOf = (source: any = {}): Record<string, MessageAttribute> =>
  Object.fromEntries(
    Object.entries<any>(source).map(([name, { DataType, StringValue, BinaryValue }]) => {
      const Value =
        StringValue ?? (BinaryValue && Buffer.from(BinaryValue).toString('base64')) ?? '';
      if (!DataType || !Value) {
        throw new AwsError(
          'InvalidParameterValueException',
          `The message attribute '${name}' must contain non-empty message attribute value.`,
        );
      }
      if (!TYPE.test(DataType)) {
        throw new AwsError(
          'InvalidParameterValueException',
          `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
        );
      }
      if (DataType.startsWith('Number') && Number.isNaN(Number(Value))) {
        throw new AwsError(
          'InvalidParameterValueException',
          `Could not cast message attribute '${name}' value to number.`,
        );
      }
      return [name, { Type: DataType, Value }];
    }),
  );

const textsOf = (message: string, structure: string | undefined): Record<string, string> => {
  if (structure === undefined) return {};
  if (structure !== 'json') throw invalid('Message Structure');
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  if (typeof (texts as any)?.default !== 'string') {
    throw invalid('Message Structure - No default entry in JSON message body');
  }
  return texts as Record<string, string>;
};

const sizeOf = ({ Message = '', MessageAttributes = {} }: any) =>
  Buffer.byteLength(Message) +
  Object.entries<any>(MessageAttributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    0,
  );

/** The two operations. `send` brings a message to the subscriptions of its topic, in the background. */
export const publishOperations = (
  cloud: Cloud,
  state: Topics,
  send: (topic: Topic, message: TopicMessage) => void,
): Record<string, Operation> => {
  const allowed = (topic: Topic, caller: Caller, source?: string) => {
    const { principal } = caller;
    const byDefault =
      principal.kind !== 'service' || DEFAULT_PUBLISHERS.includes(principal.service);
    if (topic.policy ? permits(topic.policy, caller, 'sns:Publish', source) : byDefault) return;
    throw denied(
      'sns',
      `The policy of ${topic.arn} does not let the service publish (SNS:Publish)`,
    );
  };

  const publish = (topic: Topic, input: any): string => {
    const { Message, Subject, MessageStructure, MessageAttributes } = input;
    if (typeof Message !== 'string' || Message === '') throw invalid('Empty message');
    if (sizeOf(input) > LONGEST) throw invalid('Message too long');
    if (Subject !== undefined && !SUBJECT.test(Subject)) throw invalid('Subject');
    const byProtocol = textsOf(Message, MessageStructure);
    const message: TopicMessage = {
      id: uuid(cloud),
      topicArn: topic.arn,
      subject: Subject,
      message: byProtocol.default ?? Message,
      byProtocol,
      attributes: attributesOf(MessageAttributes),
      publishedAt: cloud.clock.now(),
    };
    topic.recent.push(message);
    if (topic.recent.length > KEPT) topic.recent.shift();
    send(topic, message);
    return message.id;
  };

  return {
    Publish: async ({ TopicArn, TargetArn, PhoneNumber, SourceArn, ...message }, caller) => {
      if (PhoneNumber) throw invalid('PhoneNumber: this sandbox sends no text messages');
      const arn = TopicArn ?? TargetArn;
      if (arn === undefined) {
        throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
      }
      const topic = state.topic(arn);
      allowed(topic, caller, SourceArn);
      await useKey(cloud, topic, caller, SourceArn);
      return { MessageId: publish(topic, message) };
    },

    PublishBatch: async ({ TopicArn, PublishBatchRequestEntries: entries = [] }, caller) => {
      const topic = state.topic(TopicArn);
      allowed(topic, caller);
      await useKey(cloud, topic, caller);
      if (entries.length === 0) {
        throw new AwsError(
          'EmptyBatchRequestException',
          "The batch request doesn't contain any entries.",
        );
      }
      if (entries.length > LARGEST_BATCH) {
        throw new AwsError(
          'TooManyEntriesInBatchRequestException',
          'The batch request contains more entries than permissible.',
        );
      }
      if (new Set(entries.map(({ Id }: any) => Id)).size < entries.length) {
        throw new AwsError(
          'BatchEntryIdsNotDistinctException',
          'Two or more batch entries in the request have the same Id.',
        );
      }
      if (entries.reduce((sum: number, entry: any) => sum + sizeOf(entry), 0) > LONGEST) {
        throw new AwsError(
          'BatchRequestTooLongException',
          'The length of all the batch messages put together is more than the limit.',
        );
      }
      const Successful = [];
      const Failed = [];
      for (const { Id, ...message } of entries) {
        try {
          Successful.push({ Id, MessageId: publish(topic, message) });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          Failed.push({ Id, Code: 'InvalidParameter', Message: error.message, SenderFault: true });
        }
      }
      return { Successful, Failed };
    },
  };
};
