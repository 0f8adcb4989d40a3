/** What a message of ours says where people read it: a letter by e-mail, a card in a chat. */

import { originText } from '../release/revision-words.ts';
import { underRedText } from '../release/under-red-words.ts';
import { type Summary, targetTexts } from './summary.ts';

/** Who a message is about, and what it says. */
export interface Letter {
  readonly releaseId: string;
  readonly pair: string;
  readonly subject: string;
  readonly text: string;
}

/** Longest description of a card, in characters (Amazon Q Developer in chat applications, custom notifications). */
const LONGEST_DESCRIPTION = 8000;

/** A text that a card has room for. It ends with a whole line: half a command is worse than none. */
const shortened = (text: string, releaseId: string): string => {
  if (text.length <= LONGEST_DESCRIPTION) return text;
  const more = `\n… the rest: npx tandem get ${releaseId}`;
  const head = text.slice(0, LONGEST_DESCRIPTION - more.length);
  const end = head.lastIndexOf('\n');
  return `${end < 0 ? head : head.slice(0, end)}${more}`;
};

/**
 * A card as Slack and Teams show it: version 1.0 of the custom notifications of Amazon Q Developer in chat
 * applications, which subscribes by HTTPS. What is said of one release is one thread.
 */
export const card = (kind: string, { releaseId, pair, subject, text }: Letter) => ({
  version: '1.0',
  source: 'custom',
  content: {
    textType: 'client-markdown',
    title: subject,
    description: shortened(text, releaseId),
  },
  metadata: {
    threadId: releaseId,
    summary: subject,
    eventType: kind,
    additionalContext: { pair, release: releaseId },
  },
});

const minutesText = (seconds: number): string => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} minutes`;
};

/** How a release ended, why, and where its users are. */
export const endLetter = (summary: Summary): Letter => {
  const { releaseId, pair, title, text, requestedBy, targets } = summary;
  const origin = 'commit' in summary && originText(summary.commit, summary.authors);
  const seconds = 'seconds' in summary ? summary.seconds : undefined;
  const back = 'rollbackSeconds' in summary ? summary.rollbackSeconds : undefined;
  return {
    releaseId,
    pair,
    subject: `${pair}: ${title} (${releaseId})`,
    text: [
      text,
      '',
      ...targets.map((target) => {
        const { from = 'nothing', to = 'nothing new', live = 'nothing' } = targetTexts(target);
        return target.unchanged
          ? `${target.name}: unchanged, users are on ${live}`
          : `${target.name}: ${from} -> ${to}, users are on ${live}`;
      }),
      ...(targets.length > 0 ? [''] : []),
      `${requestedBy} requested it${origin ? ` (${origin})` : ''}.`,
      ...('underRedAlarms' in summary && summary.underRedAlarms
        ? [`${underRedText(summary.underRedAlarms)}.`]
        : []),
      ...(seconds === undefined ? [] : [`It took ${minutesText(seconds)}.`]),
      ...(back === undefined
        ? []
        : [
            `From the first bad sign until all traffic was on the old version: ${minutesText(back)}.`,
          ]),
      '',
      `More: npx tandem get ${releaseId}`,
      '',
    ].join('\n'),
  };
};
