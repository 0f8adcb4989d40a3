import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellWords } from '../../../../rehearsal/scenario/person/shell-words.ts';

describe('shellWords', () => {
  it.each([
    `aws  lambda\tupdate-alias --routing-config AdditionalVersionWeights={}`,
    `a 'b c' "d e"f'g' '' ""`,
    String.raw`'{"a":"{\"b\":1}"}'`,
    String.raw`"{\"a\": \"\\b\", \c \$d}"`,
    String.raw`it\'s 'it'\''s' a\ b`,
    ' leading and trailing ',
  ])('splits %s as a shell does', (line) => {
    const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });

    expect(shellWords(line)).toEqual(stdout.split('\0').slice(0, -1));
  });

  it.each([
    ['a | b', 'the |'],
    ['a $B', 'the $'],
    ['a "$B"', 'what follows the $'],
    ['a <id>', 'the <'],
    ["a 'b", 'never closed'],
    ['a "b', 'never closed'],
  ])('refuses %s, which is more than a simple command', (line, why) => {
    expect(() => shellWords(line)).toThrow(why);
  });
});
