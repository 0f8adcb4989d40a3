import { styleText } from 'node:util';

/** Where a rehearsal talks to people: standard output, or standard error when standard output is for machines. */
export interface Terminal {
  line(text?: string): void;
  /** Replaces the lines that are redrawn in place; without a terminal they are not shown. */
  live(lines: readonly string[]): void;
  readonly interactive: boolean;
}

type Style = Parameters<typeof styleText>[0];

/** Styles a text, if colours are wanted (NO_COLOR and pipes are honoured by Node). */
export const styled = (style: Style, text: string): string =>
  styleText(style, text, { stream: process.stdout, validateStream: true });

/** A terminal on a stream; lines that change in place need a real one. */
export const terminalOn = (stream: NodeJS.WriteStream): Terminal => {
  const interactive = stream.isTTY === true && !process.env.CI;
  let drawn = 0;

  const erase = () => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  let shown: readonly string[] = [];
  const draw = () => {
    for (const text of shown) stream.write(`${text.slice(0, (stream.columns ?? 100) + 40)}\n`);
    drawn = shown.length;
  };

  return {
    interactive,
    line: (text = '') => {
      if (interactive) erase();
      stream.write(`${text}\n`);
      if (interactive) draw();
    },
    live: (lines) => {
      if (!interactive) return;
      erase();
      shown = lines;
      draw();
    },
  };
};
