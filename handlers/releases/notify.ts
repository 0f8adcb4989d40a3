import { PublishCommand } from '@aws-sdk/client-sns';
import { card, endLetter, type Letter } from '../../core/people/messages.ts';
import type { Summary } from '../../core/people/summary.ts';
import { sns } from '../aws/sns.ts';
import { environment } from '../function/environment.ts';

/** Longest subject that SNS takes, in characters. */
const LONGEST_SUBJECT = 99;

/** Message attributes of SNS: subscriptions filter by them, whatever form a message has for their protocol. */
const attributesOf = (values: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { DataType: 'String', StringValue: value }]],
    ),
  );

/** Publishes one message on a topic; it never holds a task token. Programs get it as JSON, e-mail as text, a chat as a card. */
export const notifyOn = async (
  topic: string,
  kind: string,
  message: object,
  letter: Letter,
  attributes: Readonly<Record<string, string | undefined>> = {},
): Promise<void> => {
  await sns.send(
    new PublishCommand({
      TopicArn: topic,
      Subject: letter.subject.replace(/[\r\n]+/g, ' ').slice(0, LONGEST_SUBJECT),
      MessageStructure: 'json',
      Message: JSON.stringify({
        default: JSON.stringify({ kind, ...message }),
        email: letter.text,
        https: JSON.stringify(card(kind, letter)),
      }),
      MessageAttributes: attributesOf({ kind, pair: letter.pair, ...attributes }),
    }),
  );
};

/** Publishes one message on the notifications topic. */
export const notify = (
  kind: string,
  message: object,
  letter: Letter,
  attributes: Readonly<Record<string, string | undefined>> = {},
): Promise<void> => notifyOn(environment('notifications'), kind, message, letter, attributes);

/** Tells people, and the parent if there is one, that a release has ended. */
export const notifyEnd = (summary: Summary): Promise<void> =>
  notify('release-ended', summary, endLetter(summary), {
    end: summary.end,
    replyTo: summary.parent?.replyTo,
  });
