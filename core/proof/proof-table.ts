import { shortText } from '../release/revision-words.ts';
import type { Proof, Side } from './proof.ts';

/** Longest line of the ledger that tells a proof, in characters; the rows say the rest. */
const LONGEST = 1000;

/** Smoke checks in a few words: how many each target passed. */
const smokeText = ({ smoke }: Proof): string => {
  const targets = [...new Set(smoke.map(({ target }) => target))];
  const counts = targets.map((name) => {
    const all = smoke.filter(({ target }) => target === name);
    const good = all.filter(({ verdict }) => verdict === 'pass').length;
    return good === all.length ? `${name} ${good}` : `${name} ${good} of ${all.length}`;
  });
  return counts.length === 0 ? 'none' : counts.join(', ');
};

/** The proof in one line: `2×2: 4 of 4 cells pass; smoke: web 4, api 2`. */
export const proofSummary = (proof: Proof): string =>
  `2×2: ${proof.mixed.text}; smoke: ${smokeText(proof)}`;

/** The proof as a line of the ledger, with what speaks against it. */
export const proofLine = (proof: Proof): string => {
  const said =
    proof.verdict === 'pass' ? 'Green is proven' : `Green is not proven: ${proof.verdict}`;
  return [`${said} (${proofSummary(proof)})`, ...proof.reasons.map(({ text }) => text)]
    .join('; ')
    .slice(0, LONGEST);
};

/** The revision of a row, as short as a column needs it. */
export const rowRevision = ({ revision, version }: Pick<Side, 'revision' | 'version'>): string =>
  shortText({ name: revision, version });

/** One side of a row: `green web 2.0.0`. */
export const sideText = (side: Side): string =>
  `${side.colour} ${side.target} ${rowRevision(side)}`;

/** Lines of a table whose columns are as wide as their widest cell. */
const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = rows.reduce<readonly number[]>(
    (found, row) => row.map((cell, column) => Math.max(found[column] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** The cells of the 2×2 as a table for people, a row each. */
export const cellTable = ({ cells }: Proof): readonly string[] =>
  cells.length === 0
    ? []
    : aligned([
        ['caller', 'callee', 'cases', 'verdict'],
        ...cells.map(({ caller, callee, cases, verdict, text = '' }) => [
          sideText(caller),
          sideText(callee),
          String(cases),
          text ? `${verdict}: ${text}` : verdict,
        ]),
      ]);

/** The whole proof as plain text for people, one line each. */
export const proofTable = (proof: Proof): readonly string[] => {
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  const smoke = proof.smoke.map(({ target, revision, version, where, verdict, text = '' }) => [
    `${target} ${rowRevision({ revision, version })}`,
    where,
    text ? `${verdict}: ${text}` : verdict,
  ]);
  return [
    `Proof: ${proof.verdict}`,
    `2×2: ${proof.mixed.text}`,
    ...indented(cellTable(proof)),
    `Smoke checks of green: ${smokeText(proof)}`,
    ...indented(aligned(smoke)),
    ...(proof.omitted > 0 ? [`and ${proof.omitted} rows more, none of them worse`] : []),
  ];
};
