/** Puts messages that could not be delivered into a dead-letter queue. */
import type { Cloud } from '../cloud.ts';

/** A message that nobody took. */
export interface DeadLetter {
  /** ARN of an SQS queue. */
  readonly queue: string;
  /** The service that gives up, e.g. `events.amazonaws.com`; the queue's policy must let it send. */
  readonly sender: string;
  /** ARN of the rule or topic that the message came from. */
  readonly source: string;
  readonly body: string;
  /** Why, as message attributes. */
  readonly reasons: Readonly<Record<string, string | number | undefined>>;
}

/** URL of a queue out of its ARN. */
export const queueUrl = (arn: string): string => {
  const [, , , region, account, name] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
};

/** Sends a dead letter; where even that fails the message is lost, as on AWS, and a note says so. */
export const sendDeadLetter = async (cloud: Cloud, letter: DeadLetter): Promise<void> => {
  const { queue, sender, source, body, reasons } = letter;
  const attributes = Object.entries(reasons)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [
      name,
      { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) },
    ]);
  try {
    await cloud.call({
      principal: { kind: 'service', service: sender },
      region: queue.split(':')[3] ?? '',
      service: 'sqs',
      operation: 'SendMessage',
      input: {
        QueueUrl: queueUrl(queue),
        MessageBody: body,
        MessageAttributes: Object.fromEntries(attributes),
        SourceArn: source,
      },
    });
  } catch (error) {
    cloud.note(`A message of ${sender} was lost: ${queue} did not take it (${error})`);
  }
};
