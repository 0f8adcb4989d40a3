/** What the terminal of a sandbox tells. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { newsLines } from '../../../rehearsal/session/event-lines.ts';
import { momentAfter } from '../../core/fixture.ts';

const plain = (lines: readonly string[]) => lines.map(stripVTControlCharacters);

describe("the sandbox's own terminal", () => {
  const at = momentAfter(1);

  it('tells what is written into a ledger', () => {
    const line = { kind: 'line' as const, release: 'autumn', at, text: 'The common start begins' };

    expect(plain(newsLines(line))).toEqual(['09:01:00 UTC  autumn  The common start begins']);
  });

  it('gives an approval as a link to open and a line to paste', () => {
    const asked = {
      kind: 'asked' as const,
      release: 'autumn',
      at,
      expiresAt: momentAfter(61),
      link: 'http://127.0.0.1:4000/?release=autumn',
    };

    expect(plain(newsLines(asked))).toEqual([
      '09:01:00 UTC  autumn  asks for an approval, until 10:01:00 UTC:',
      '  http://127.0.0.1:4000/?release=autumn',
      '  npx tandem approve autumn',
      '  npx tandem reject autumn --comment "why"',
    ]);
  });
});
