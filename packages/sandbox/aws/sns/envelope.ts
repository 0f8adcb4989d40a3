/** How a message looks to its receivers. Signatures are placeholders: nothing on a laptop can sign for AWS. */
import type { Subscription, TopicMessage } from './topics.ts';

const SIGNATURE = 'EXAMPLE';

const certificate = ({ topicArn }: TopicMessage) =>
  `https://sns.${topicArn.split(':')[3]}.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem`;

const unsubscribe = ({ arn, topicArn }: Subscription) =>
  `https://sns.${topicArn.split(':')[3]}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`;

/** The text that a protocol gets. */
export const textFor = (message: TopicMessage, protocol: string): string =>
  message.byProtocol[protocol] ?? message.message;

/** The event of a Lambda function: always one record. */
export const lambdaEvent = (message: TopicMessage, subscription: Subscription) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: subscription.arn,
      Sns: {
        Type: 'Notification',
        MessageId: message.id,
        TopicArn: message.topicArn,
        Subject: message.subject ?? null,
        Message: textFor(message, 'lambda'),
        Timestamp: new Date(message.publishedAt).toISOString(),
        SignatureVersion: '1',
        Signature: SIGNATURE,
        SigningCertUrl: certificate(message),
        UnsubscribeUrl: unsubscribe(subscription),
        MessageAttributes: message.attributes,
      },
    },
  ],
});

/** The JSON text that queues and HTTP endpoints get, unless they asked for raw messages. */
export const envelope = (message: TopicMessage, subscription: Subscription): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: message.id,
    TopicArn: message.topicArn,
    Subject: message.subject,
    Message: textFor(message, subscription.protocol),
    Timestamp: new Date(message.publishedAt).toISOString(),
    SignatureVersion: '1',
    Signature: SIGNATURE,
    SigningCertURL: certificate(message),
    UnsubscribeURL: unsubscribe(subscription),
    MessageAttributes: Object.keys(message.attributes).length > 0 ? message.attributes : undefined,
  });
