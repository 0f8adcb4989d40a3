/** The commands for a person, as messages show them. */
import { PRINTED } from '../drivers/shell.ts';
import type { Reason } from '../release/reason.ts';

/** What a reader has to know of the lines before running them. */
const introduction = (target: string | undefined, run: readonly string[]): string => {
  const note = run.some((line) => line.includes(PRINTED))
    ? `; ${PRINTED} is what the command before has printed`
    : '';
  return `For ${target ?? 'this'} run, line by line${note}:`;
};

/** The commands of reasons, a text for each; those that find no room are to be read elsewhere. */
export const runTexts = (reasons: readonly Reason[], room: number): readonly string[] => {
  const texts: string[] = [];
  let left = room;
  for (const { target, run } of reasons) {
    if (!run) continue;
    const whole = [introduction(target, run), ...run].join('\n');
    const text =
      whole.length < left ? whole : `For ${target ?? 'this'} run what npx tandem get shows.`;
    left -= text.length;
    texts.push(text);
  }
  return texts;
};
