/** The last column of `docs/attacks.md`: the mutants that switch the fix of each attack off. */
import type { Mutant } from '../mutants/mutant.ts';

/** One attack as the page tells it. */
export interface AttackRow {
  /** Its number: `7`, `F1`. */
  readonly attack: string;
  /** The cells that people write: attack, law, shown by. */
  readonly cells: readonly string[];
}

const WRITTEN = 3;

const ROW = /^\| (F?\d+)\. .* \|$/;

/** The attack in a line of the page; undefined in every other line. */
export const attackIn = (line: string): AttackRow | undefined => {
  const [, attack] = ROW.exec(line) ?? [];
  if (attack === undefined) return undefined;
  return { attack, cells: line.slice(2, -2).split(' | ').slice(0, WRITTEN) };
};

/** A test or a scenario by the name that it has in the page. */
const named = (file: string): string => {
  const name = file.startsWith('samples/') ? file.replace(/^.*\/|\.json$/g, '') : file;
  return `[${name}](../${file})`;
};

/** The mutants of a row: where each of them is, and what is red that the row does not name itself. */
const cellOf = ({ cells }: AttackRow, mutants: readonly Mutant[]): string => {
  const told = mutants.map(({ file, red }) => {
    const unnamed = red.filter((one) => !cells.some((cell) => cell.includes(`](../${one})`)));
    const by = unnamed.length > 0 ? ` (red: ${unnamed.map(named).join(', ')})` : '';
    return `[${file}](../${file})${by}`;
  });
  return [...new Set(told)]
    .map((one) => {
      const count = told.filter((other) => other === one).length;
      return count > 1 ? `${one} × ${count}` : one;
    })
    .join(', ');
};

/** The page with the column of mutants as the mutants have it. */
export const attacksPage = (page: string, mutants: readonly Mutant[]): string =>
  page
    .split('\n')
    .map((line) => {
      const row = attackIn(line);
      if (row === undefined) return line;
      const cell = cellOf(
        row,
        mutants.filter(({ attack }) => attack === row.attack),
      );
      return `| ${[...row.cells, cell].join(' | ')} |`;
    })
    .join('\n');
