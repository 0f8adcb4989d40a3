/** Says what happens in a sandbox, line by line. */

import { timeText } from '../../core/text/durations.ts';
import { brief } from '../../core/text/first-fault.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { commandLine } from '../../core/views/commands.ts';
import { styled } from '../terminal/terminal.ts';
import type { News } from './narrator.ts';

const clock = (moment: string): string => timeText(toMilliseconds(moment));

/** Lines about one thing that happened, with the time of the sandbox. */
export const newsLines = (news: News): readonly string[] => {
  const { release, at } = news;
  const head = `${styled('gray', clock(at))}  ${release}`;
  return news.kind === 'line'
    ? [`${head}  ${brief(news.text)}`]
    : [
        `${head}  ${styled('bold', 'asks for an approval')}, until ${clock(news.expiresAt)}:`,
        `  ${news.link}`,
        `  ${commandLine('approve', release)}`,
        `  ${commandLine('reject', release)} --comment "why"`,
      ];
};
