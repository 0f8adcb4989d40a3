/** Fits text to the width of a terminal: long lines are folded between words, or cut. */
import { stripVTControlCharacters } from 'node:util';

/** Folds a text between words into lines of at most `width` characters; only a word that is longer stands out. */
export const folded = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
};

/** Folds what stands behind a label: lines after the first one begin under the first word of the text. */
export const labelled = (label: string, text: string, width: number): readonly string[] => {
  const indent = stripVTControlCharacters(label).length;
  return folded(text, width - indent).map((line, index) =>
    index === 0 ? `${label}${line}` : `${' '.repeat(indent)}${line}`,
  );
};

const ESCAPE = '\u001b';

/** A style, or a single visible character. */
const PIECE = new RegExp(`${ESCAPE}\\[[\\d;]*m|.`, 'gsu');

/** Cuts a styled text to `width` visible characters; styles are kept, so that what was opened is closed. */
export const cut = (text: string, width: number): string => {
  let left = width;
  return (text.match(PIECE) ?? [])
    .filter((piece) => {
      if (piece.startsWith(ESCAPE)) return true;
      left -= 1;
      return left >= 0;
    })
    .join('');
};
