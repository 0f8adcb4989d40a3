import { describe, expect, it } from 'vitest';
import { parsedJson } from '../../packages/sandbox/json-text.ts';

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('a JSON text', () => {
  it.each(['{"a":[1,null,"x"]}', '5', deep(1000), `"${'['.repeat(5000)}\\"["`])(
    'is read',
    (text) => {
      expect(parsedJson(text)).toEqual(JSON.parse(text));
    },
  );

  it.each([
    ['nothing', '', 'Unexpected end-of-input'],
    ['half a document', '{"a":', 'Unexpected end-of-input'],
    ['an open object', '{', 'Unexpected end-of-input'],
    [
      'a word',
      'web',
      "Unrecognized token 'web': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      'a stray character',
      '{\n "a": 1,}',
      "Unexpected character ('}' (code 125)) at [line: 2, column: 9]",
    ],
    [
      'too many levels',
      deep(1001),
      'Document nesting depth (1001) exceeds the maximum allowed (1000)',
    ],
  ])('that is none is refused in the words of AWS: %s', (_, text, reason) => {
    expect(() => parsedJson(text)).toThrow(new Error(reason));
  });
});
