/** Edits that turn one word into another: letters added, dropped, replaced, or two neighbours swapped. */
const distance = (a: string, b: string): number => {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : row)),
  );
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      rows[row]![column] = Math.min(
        rows[row - 1]![column]! + 1,
        rows[row]![column - 1]! + 1,
        rows[row - 1]![column - 1]! + same,
        swapped ? rows[row - 2]![column - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return rows[a.length]![b.length]!;
};

/** Share of its letters in which a mistyped word may differ from the one that was meant. */
const LARGEST_DIFFERENCE = 0.4;

const mostEdits = (typed: string, word: string): number =>
  Math.max(typed.length, word.length) * LARGEST_DIFFERENCE;

/**
 * The word of a list that a mistyped one most resembles: few edits away, or it begins with it. Undefined when none
 * does.
 */
export const alike = (given: string, known: readonly string[]): string | undefined => {
  const typed = given.toLowerCase();
  const scored = known
    // Each letter that one has more is an edit: whole files are no word that was meant.
    .filter((word) => {
      const more = Math.abs(word.length - typed.length);
      return word.toLowerCase().startsWith(typed) || more <= mostEdits(typed, word);
    })
    .map((word) => {
      const lower = word.toLowerCase();
      const isBeginning = typed.length > 1 && lower.startsWith(typed);
      return { word, edits: isBeginning ? 1 : distance(typed, lower) };
    })
    .filter(({ word, edits }) => edits <= mostEdits(typed, word))
    .sort((a, b) => a.edits - b.edits);
  return scored[0]?.word;
};
