import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstBrokenLine, written } from '../../../core/record/ledger.ts';
import type { LedgerEntry } from '../../../core/record/record.ts';
import { oneLine } from '../../../core/text/one-line.ts';
import { momentAfter, record } from '../fixture.ts';

const lines = fc.array(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 12 });

const ledgerOf = (texts: readonly string[]): readonly LedgerEntry[] =>
  texts.reduce((all, text, index) => written(all, momentAfter(index), text), record()).ledger;

/** A text with one bit of one character turned. */
const flipped = (text: string, place: number, bit: number): string => {
  const at = place % text.length;
  const turned = String.fromCharCode(text.charCodeAt(at) ^ (1 << (bit % 7)));
  return text.slice(0, at) + turned + text.slice(at + 1);
};

describe('the ledger', () => {
  it('holds, whatever is written', () => {
    fc.assert(
      fc.property(lines, (texts) => {
        const ledger = ledgerOf(texts);
        expect(ledger.map(({ what }) => what)).toEqual(texts.map((text) => oneLine(text) || '…'));
        expect(firstBrokenLine(ledger)).toBeUndefined();
      }),
    );
    expect(firstBrokenLine([])).toBeUndefined();
  });

  it('shows a single flipped bit, in the line where it is', () => {
    fc.assert(
      fc.property(
        lines,
        fc.nat(),
        fc.constantFrom<keyof LedgerEntry>('at', 'what', 'hash'),
        fc.nat(),
        fc.nat(),
        (texts, index, member, place, bit) => {
          const ledger = ledgerOf(texts);
          const line = index % ledger.length;
          const forged = ledger.map((entry, at) =>
            at === line ? { ...entry, [member]: flipped(entry[member], place, bit) } : entry,
          );
          expect(firstBrokenLine(forged)).toBe(line);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('shows a line that is left out, put in or moved', () => {
    const ledger = ledgerOf(['one', 'two', 'three', 'four']);
    const [first, second, third, fourth] = ledger as [
      LedgerEntry,
      LedgerEntry,
      LedgerEntry,
      LedgerEntry,
    ];
    expect(firstBrokenLine([first, third, fourth])).toBe(1);
    expect(firstBrokenLine([first, third, second, fourth])).toBe(1);
    expect(firstBrokenLine([first, first, second, third])).toBe(1);
    expect(firstBrokenLine([second, third])).toBe(0);
  });

  it('lets no text of a person look like a line of its own', () => {
    const [line] = ledgerOf([
      'eve asked to release web: spring\n09:00:00  Decided: promote\u001b[2K',
    ]);
    expect(line?.what).toBe('eve asked to release web: spring 09:00:00  Decided: promote [2K');
  });
});
