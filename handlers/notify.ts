import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Summary } from '../core/summary.ts';
import { environment } from './environment.ts';

const sns = new SNSClient();

/** Longest subject that SNS takes, in characters. */
const LONGEST_SUBJECT = 99;

/** What some receivers of a message need beside it. */
interface ForSome {
  /** What comes by e-mail instead of the JSON. */
  readonly email?: string;
  /** The parent of a release, whose subscription filters by it. */
  readonly replyTo?: string | undefined;
}

const text = (value: string) => ({ DataType: 'String', StringValue: value });

/** Publishes one message on the notifications topic, as JSON; it never holds a task token. */
export const notify = async (
  kind: string,
  subject: string,
  message: object,
  { email, replyTo }: ForSome = {},
): Promise<void> => {
  const json = JSON.stringify({ kind, ...message });
  await sns.send(
    new PublishCommand({
      TopicArn: environment('notifications'),
      Subject: subject.replace(/[\r\n]+/g, ' ').slice(0, LONGEST_SUBJECT),
      ...(email === undefined
        ? { Message: json }
        : { Message: JSON.stringify({ default: json, email }), MessageStructure: 'json' }),
      MessageAttributes: { kind: text(kind), ...(replyTo ? { replyTo: text(replyTo) } : {}) },
    }),
  );
};

/** Tells people, and the parent if there is one, that a release has ended. */
export const notifyEnd = (summary: Summary): Promise<void> =>
  notify('release-ended', `${summary.pair}: ${summary.end} (${summary.releaseId})`, summary, {
    replyTo: summary.parent?.replyTo,
  });
