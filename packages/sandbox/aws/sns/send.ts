/** Brings messages to subscriptions, each by its protocol and with the retries that SNS has for it. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud } from '../../cloud.ts';
import { queueUrl, sendDeadLetter } from '../../delivery/dead-letter.ts';
import { deliver } from '../../delivery/deliver.ts';
import type { Timers } from '../../delivery/timers.ts';
import { envelope, lambdaEvent, textFor } from './envelope.ts';
import type { Subscription, Topic, TopicMessage } from './topics.ts';

const SNS = { kind: 'service', service: 'sns.amazonaws.com' } as const;

/** Real milliseconds that SNS waits for an HTTP endpoint. */
const HTTP_TIMEOUT = 15_000;

/**
 * Seconds between tries. AWS-managed endpoints: 3 at once, 2 after 1 s, 10 with growing waits up to 20 s, then
 * every 20 s for 23 days; customer-managed ones: 3 after 20 s each (SNS developer guide, "message delivery retries").
 */
function* managedWaits() {
  yield* [0, 0, 0, 1, 1];
  for (let retry = 1; retry <= 10; retry += 1) yield 20 ** (retry / 10);
  for (let retry = 0; retry < 100_000; retry += 1) yield 20;
}
const CUSTOMER_WAITS = [20, 20, 20];

interface Protocol {
  waits(): Iterable<number>;
  send(cloud: Cloud, message: TopicMessage, subscription: Subscription): Promise<unknown>;
}

const isRaw = ({ attributes }: Subscription) => attributes.get('RawMessageDelivery') === 'true';

const bodyOf = (message: TopicMessage, subscription: Subscription) =>
  isRaw(subscription) ? textFor(message, subscription.protocol) : envelope(message, subscription);

const rawAttributes = ({ attributes }: TopicMessage) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { Type, Value }]) => [
      name,
      { DataType: Type, StringValue: Value },
    ]),
  );

const lambda: Protocol = {
  waits: managedWaits,
  send: (cloud, message, subscription) =>
    cloud.call({
      principal: SNS,
      region: subscription.endpoint.split(':')[3] ?? '',
      service: 'lambda',
      operation: 'Invoke',
      input: {
        FunctionName: subscription.endpoint,
        InvocationType: 'Event',
        Payload: Buffer.from(JSON.stringify(lambdaEvent(message, subscription))),
        SourceArn: message.topicArn,
      },
    }),
};

const sqs: Protocol = {
  waits: managedWaits,
  send: (cloud, message, subscription) =>
    cloud.call({
      principal: SNS,
      region: subscription.endpoint.split(':')[3] ?? '',
      service: 'sqs',
      operation: 'SendMessage',
      input: {
        QueueUrl: queueUrl(subscription.endpoint),
        MessageBody: bodyOf(message, subscription),
        SourceArn: message.topicArn,
        ...(isRaw(subscription) && { MessageAttributes: rawAttributes(message) }),
      },
    }),
};

const http: Protocol = {
  waits: () => CUSTOMER_WAITS,
  send: (cloud, message, subscription) =>
    cloud.clock.busy(async () => {
      const { status } = await fetch(subscription.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'text/plain; charset=UTF-8',
          'x-amz-sns-message-type': 'Notification',
          'x-amz-sns-message-id': message.id,
          'x-amz-sns-topic-arn': message.topicArn,
          'x-amz-sns-subscription-arn': subscription.arn,
        },
        body: bodyOf(message, subscription),
        signal: AbortSignal.timeout(HTTP_TIMEOUT),
      });
      if (status >= 200 && status < 300) return;
      throw new AwsError('EndpointError', `${subscription.endpoint} answered ${status}`, {
        status: status >= 400 && status < 500 && status !== 429 ? 400 : 500,
      });
    }),
};

const PROTOCOLS: Readonly<Record<string, Protocol>> = { lambda, sqs, http, https: http };

/** Sends to every confirmed subscription that wants the message. */
export const sender =
  (cloud: Cloud, timers: Timers) =>
  (topic: Topic, message: TopicMessage): void => {
    for (const subscription of topic.subscriptions.values()) {
      const protocol = PROTOCOLS[subscription.protocol];
      const wanted = !subscription.filter || subscription.filter(message);
      if (!protocol || !wanted || !subscription.confirmed) continue;
      deliver(timers, {
        attempt: () => protocol.send(cloud, message, subscription),
        waits: protocol.waits(),
        failed: ({ error, retries }) => {
          const redrive = subscription.attributes.get('RedrivePolicy');
          if (!redrive) return cloud.note(`${topic.arn} lost a message: ${error.message}`);
          return sendDeadLetter(cloud, {
            queue: JSON.parse(redrive).deadLetterTargetArn,
            sender: SNS.service,
            source: topic.arn,
            body: bodyOf(message, subscription),
            reasons: {
              RequestID: message.id,
              ErrorCode: error.name,
              ErrorMessage: error.message,
              RetryAttempts: retries,
            },
          });
        },
      });
    }
  };
