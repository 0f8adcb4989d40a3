import * as z from 'zod/mini';
import { reason } from '../release/reason.ts';
import type { Cell, Side } from './proof.ts';
import '../text/schema.ts';
import { fail, inconclusive, pass, type Verdict, worst } from '../release/verdict.ts';
import { sideText } from './proof-table.ts';

/** The requests that one revision of a caller makes of a callee, each with the answer it needs. */
export const Contract = z.object({
  calls: z.string(),
  cases: z
    .array(
      z.object({
        name: z.string(),
        request: z.object({ path: z.string() }),
        /** JSON Schema of the answer's body. */
        answer: z.record(z.string(), z.unknown()),
      }),
    )
    .check(z.maxLength(100)),
});
export type Contract = z.infer<typeof Contract>;
export type ContractCase = Contract['cases'][number];

/** What came of one case: nothing is wrong, the answer is, or there was none to judge. */
export interface TriedCase {
  readonly name: string;
  readonly path: string;
  readonly wrong?: string;
  readonly unreached?: string;
}

/** What the whole 2×2 is worth, in a few words, and its cells. */
export interface Mixed extends Verdict {
  readonly text: string;
  readonly cells: readonly Cell[];
}

/** Longest text of a cell in characters: it is shown in a table. */
const LONGEST = 300;

/** The beginning of a text, on one line. */
const cut = (text: string): string =>
  (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text).replace(/\s+/g, ' ');

/** A cell that could not be tried is never taken for proven. */
export const unreachedCell = (caller: Side, callee: Side, why: string, cases = 0): Cell => ({
  caller,
  callee,
  verdict: 'inconclusive',
  cases,
  text: cut(why),
});

/** A cell by what came of its cases: the first one that is wrong is its reason. */
export const triedCell = (caller: Side, callee: Side, tried: readonly TriedCase[]): Cell => {
  const wrong = tried.filter((one) => one.wrong !== undefined);
  const [first] = wrong;
  if (first) {
    const more = wrong.length > 1 ? `; ${wrong.length - 1} more of its cases fail` : '';
    const text = cut(`${first.path} (${first.name}): ${first.wrong}`) + more;
    return { caller, callee, verdict: 'fail', cases: tried.length, text };
  }
  const lost = tried.find(({ unreached }) => unreached !== undefined);
  if (lost) {
    const why = `${lost.path} (${lost.name}) got no answer: ${lost.unreached}`;
    return unreachedCell(caller, callee, why, tried.length);
  }
  return { caller, callee, verdict: 'pass', cases: tried.length };
};

/** Two blues meet each other today, with or without this release: their cell is shown and decides nothing. */
const decides = ({ caller, callee }: Cell): boolean =>
  caller.colour === 'green' || callee.colour === 'green';

const cellVerdict = ({ caller, callee, verdict, text }: Cell): Verdict => {
  const about = { target: callee.target };
  if (verdict === 'fail') {
    const sentence = `${sideText(caller)} does not understand ${sideText(callee)}: ${text}`;
    return fail(reason('contract-broken', sentence, about));
  }
  if (verdict === 'inconclusive') {
    const sentence = `Mixed versions not proven: ${sideText(caller)} calling ${sideText(callee)}: ${text}`;
    return inconclusive(reason('mixed-not-proven', sentence, about));
  }
  return pass;
};

/** Targets that no contract names: what they mix with, nobody has tried. */
const unnamed = (names: readonly string[]): Verdict =>
  names.length === 0
    ? pass
    : inconclusive(
        ...names.map((name) =>
          reason(
            'mixed-not-proven',
            `Mixed versions not proven: no contract declares who calls ${name}, or whom it calls`,
            { target: name },
          ),
        ),
      );

/**
 * What the 2×2 is worth. The only target of a pair mixes with nothing; else whatever moves must be in a cell, or it is
 * not proven.
 */
export const mixedOf = (
  cells: readonly Cell[],
  { moving, targets }: { readonly moving: readonly string[]; readonly targets: readonly string[] },
): Mixed => {
  if (cells.length === 0 && targets.length < 2) {
    return { ...pass, text: `nothing to mix, ${targets[0]} is the only target of its pair`, cells };
  }
  const met = new Set(cells.flatMap(({ caller, callee }) => [caller.target, callee.target]));
  const outside = moving.filter((name) => !met.has(name));
  const good = cells.filter(({ verdict }) => verdict === 'pass').length;
  const text = [
    cells.length === 0 ? 'not proven' : `${good} of ${cells.length} cells pass`,
    ...(outside.length === 0 ? [] : [`no contract names ${outside.join(' or ')}`]),
  ].join(', ');
  return { ...worst([...cells.filter(decides).map(cellVerdict), unnamed(outside)]), text, cells };
};
