import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { environment } from './environment.ts';

const sns = new SNSClient();

/** Longest subject that SNS takes, in characters. */
const LONGEST_SUBJECT = 99;

/**
 * Publishes one message on the notifications topic; it never holds a task token. Subscriptions get it as JSON, those of
 * a protocol that is named in `texts` get that text instead.
 */
export const notify = async (
  kind: string,
  subject: string,
  message: object,
  texts: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const body = { default: JSON.stringify({ kind, ...message }), ...texts };
  await sns.send(
    new PublishCommand({
      TopicArn: environment('notifications'),
      Subject: subject.replace(/[\r\n]+/g, ' ').slice(0, LONGEST_SUBJECT),
      Message: JSON.stringify(body),
      MessageStructure: 'json',
      MessageAttributes: { kind: { DataType: 'String', StringValue: kind } },
    }),
  );
};
