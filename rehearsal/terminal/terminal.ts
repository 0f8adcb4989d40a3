import { styleText } from 'node:util';
import { cut } from './wrap.ts';

/** Where a rehearsal talks to people: standard output, or standard error when standard output is for machines. */
export interface Terminal {
  line(text?: string): void;
  /** Replaces the lines that are redrawn in place; without a terminal they are not shown. */
  live(lines: readonly string[]): void;
  readonly interactive: boolean;
  /** Characters that a line of text should have at most. */
  readonly width: number;
  /** Characters that fit on a line; without a terminal as many as it needs. */
  readonly room: number;
}

/** Longer lines are hard to read, and pipes have no width of their own. */
const WIDEST = 100;

type Style = Parameters<typeof styleText>[0];

/** Styles a text, if colours are wanted (NO_COLOR and pipes are honoured by Node). */
export const styled = (style: Style, text: string): string =>
  styleText(style, text, { stream: process.stdout, validateStream: true });

/** A terminal on a stream; lines that change in place need a real one. */
export const terminalOn = (stream: NodeJS.WriteStream): Terminal => {
  const interactive = stream.isTTY === true && !process.env.CI;
  // A pseudo-terminal that nobody has sized says 0.
  const columns = () => stream.columns || WIDEST;
  let shown: readonly string[] = [];

  /** Writes lines over the live ones, in one go: what is erased first would flicker. */
  const overwrite = (lines: readonly string[]) => {
    const up = shown.length > 0 ? `\u001b[${shown.length}A` : '';
    const text = lines.map((line) => `${line}\u001b[K\n`).join('');
    stream.write(`${up}${text}\u001b[0J`);
  };
  // A line that the terminal would wrap takes two rows, and the next redraw would begin one row too low.
  const fitted = (lines: readonly string[]) => lines.map((line) => cut(line, columns() - 1));

  return {
    interactive,
    get width() {
      return Math.min(columns(), WIDEST);
    },
    // The last column stays free: a terminal may wrap a line that fills it.
    get room() {
      return stream.isTTY === true ? columns() - 1 : Number.POSITIVE_INFINITY;
    },
    line: (text = '') => {
      if (interactive) overwrite([text, ...fitted(shown)]);
      else stream.write(`${text}\n`);
    },
    live: (lines) => {
      if (!interactive) return;
      overwrite(fitted(lines));
      shown = lines;
    },
  };
};
