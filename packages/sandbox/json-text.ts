/** Reads JSON that a client has written; what is none is refused in the words of the parser that AWS uses. */

/** Levels of a document at most, as in AWS's parser: every reader of a document walks it. */
const DEEPEST = 1000;

const isTooDeep = (text: string): boolean => {
  // Each level has two brackets.
  if (text.length <= 2 * DEEPEST) return false;
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (quoted && char === '\\') index += 1;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
};

const reasonFor = (text: string, { message }: Error): string => {
  if (text.trim() === '' || message.includes('end of JSON')) return 'Unexpected end-of-input';
  const [, word = ''] = /^\s*([^\s"{}[\],:]+)/.exec(text) ?? [];
  if (word && !/^(null|true|false|-?\d)/.test(word)) {
    return `Unrecognized token '${word.slice(0, 60)}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  }
  const position = Number(/at position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  const char = text[position];
  if (char === undefined) return 'Unexpected end-of-input';
  const before = text.slice(0, position).split('\n');
  const place = `line: ${before.length}, column: ${(before.at(-1)?.length ?? 0) + 1}`;
  return `Unexpected character ('${char}' (code ${char.charCodeAt(0)})) at [${place}]`;
};

/** The value of a JSON text; throws an Error that says what is wrong with the text. */
export const parsedJson = (text: string): any => {
  if (isTooDeep(text)) {
    throw new Error(
      `Document nesting depth (${DEEPEST + 1}) exceeds the maximum allowed (${DEEPEST})`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(reasonFor(text, error as Error));
  }
};
