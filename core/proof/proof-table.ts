import { shortText } from '../release/revision-words.ts';
import type { Proof, Side } from './proof.ts';

/** Longest sentence that tells a proof, in characters; the rows say the rest. */
const LONGEST = 1000;

/** Smoke checks of one target: how many passed, of how many. */
interface Smoked {
  readonly target: string;
  readonly passed: number;
  readonly of: number;
}

/** A proof in short. */
export interface Proven {
  readonly verdict: Proof['verdict'];
  /** The 2×2 in a few words. */
  readonly mixed: string;
  readonly smoke: Smoked[];
  /** What speaks against green. */
  readonly against: string[];
}

const smokedOf = ({ smoke }: Proof): Smoked[] => {
  const targets = [...new Set(smoke.map(({ target }) => target))];
  return targets.map((target) => {
    const all = smoke.filter((one) => one.target === target);
    const passed = all.filter(({ verdict }) => verdict === 'pass').length;
    return { target, passed, of: all.length };
  });
};

/** Smoke checks in a few words: how many each target passed. */
const smokeText = (smoke: readonly Smoked[]): string =>
  smoke
    .map(({ target, passed, of }) => `${target} ${passed === of ? of : `${passed} of ${of}`}`)
    .join(', ') || 'none';

/** The data of a proof's fact. */
export const provenOf = (proof: Proof): Proven => ({
  verdict: proof.verdict,
  mixed: proof.mixed.text,
  smoke: smokedOf(proof),
  against: proof.reasons.map(({ text }) => text),
});

const summaryText = ({ mixed, smoke }: Proven): string =>
  `2×2: ${mixed}; smoke: ${smokeText(smoke)}`;

/** The proof in one line: `2×2: 4 of 4 cells pass; smoke: web 4, api 2`. */
export const proofSummary = (proof: Proof): string => summaryText(provenOf(proof));

/** The proof in a sentence, with what speaks against green. */
export const provenText = (proven: Proven): string => {
  const { verdict, against } = proven;
  const said = verdict === 'pass' ? 'Green is proven' : `Green is not proven: ${verdict}`;
  return [`${said} (${summaryText(proven)})`, ...against].join('; ').slice(0, LONGEST);
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
    `Smoke checks of green: ${smokeText(smokedOf(proof))}`,
    ...indented(aligned(smoke)),
    ...(proof.omitted > 0 ? [`and ${proof.omitted} rows more, none of them worse`] : []),
  ];
};
