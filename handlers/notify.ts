import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { environment } from './environment.ts';

const sns = new SNSClient();

/** Longest subject that SNS takes, in characters. */
const LONGEST_SUBJECT = 99;

/** Publishes one message on the notifications topic; it never holds a task token. */
export const notify = async (kind: string, subject: string, message: object): Promise<void> => {
  await sns.send(
    new PublishCommand({
      TopicArn: environment('notifications'),
      Subject: subject.replace(/[\r\n]+/g, ' ').slice(0, LONGEST_SUBJECT),
      Message: JSON.stringify({ kind, ...message }),
      MessageAttributes: { kind: { DataType: 'String', StringValue: kind } },
    }),
  );
};
