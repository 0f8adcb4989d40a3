/** Signs that mean something to a shell outside of quotes: a line with one is more than a simple command. */
const MEANINGFUL = '|&;<>()$`*?[#~!\\\n';

/** Signs that a backslash takes their meaning from inside double quotes (POSIX, Shell Command Language, 2.2.3). */
const ESCAPABLE = '$`"\\\n';

/** The first piece of a word: as it stands in the line, and what a shell makes of it. */
const pieceOf = (rest: string, line: string): readonly [piece: string, text: string] => {
  const [sign = ''] = rest;
  if (sign === "'") {
    const piece = /^'[^']*'/.exec(rest)?.[0];
    if (piece === undefined) throw new Error(`the quote ' is never closed in: ${line}`);
    return [piece, piece.slice(1, -1)];
  }
  if (sign === '"') {
    const piece = /^"(?:[^"\\]|\\.)*"/s.exec(rest)?.[0];
    if (piece === undefined) throw new Error(`the quote " is never closed in: ${line}`);
    return [piece, unescaped(piece.slice(1, -1), line)];
  }
  if (sign === '\\' && rest.length > 1) return [rest.slice(0, 2), rest.slice(1, 2)];
  if (MEANINGFUL.includes(sign))
    throw new Error(`a shell would not take the ${sign} as it is in: ${line}`);
  return [sign, sign];
};

/** What stands between double quotes, without the backslashes that only take a meaning away. */
const unescaped = (text: string, line: string): string =>
  text.replace(/\\(.)|[$`]/gs, (piece, escaped: string | undefined) => {
    if (escaped === undefined)
      throw new Error(`a shell would replace what follows the ${piece} in: ${line}`);
    return ESCAPABLE.includes(escaped) ? escaped : piece;
  });

/**
 * Splits a simple command into words as a POSIX shell does: quotes, backslashes and blanks. Throws an Error where the
 * line is more than that, or a quote is never closed.
 */
export const shellWords = (line: string): readonly string[] => {
  const words: string[] = [];
  let rest = line.trim();
  let word: string | undefined;
  while (rest !== '') {
    const blanks = /^[ \t]+/.exec(rest)?.[0];
    if (blanks) {
      words.push(word ?? '');
      word = undefined;
      rest = rest.slice(blanks.length);
      continue;
    }
    const [piece, text] = pieceOf(rest, line);
    word = `${word ?? ''}${text}`;
    rest = rest.slice(piece.length);
  }
  return word === undefined ? words : [...words, word];
};
