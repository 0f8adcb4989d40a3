import * as z from 'zod/mini';
import { type Reason, reason } from './reason.ts';
import './schema.ts';
import { fail, inconclusive, pass, type Verdict, worst } from './verdict.ts';

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

/** A colour of a side, with the revision's printable name. */
export interface Side {
  readonly colour: 'blue' | 'green';
  readonly target: string;
  readonly revision: string;
}

/** One cell of the 2×2: a caller and a callee, and what the callee's answers were worth. */
export interface Cell {
  readonly caller: Side;
  readonly callee: Side;
  readonly verdict: Verdict;
}

const sideText = ({ colour, target, revision }: Side): string => `${colour} ${target} ${revision}`;

/** A case that failed: the caller would meet this answer while traffic shifts. */
export const brokenCase = (caller: Side, callee: Side, name: string, problem: string): Verdict =>
  fail(
    reason(
      'contract-broken',
      `${sideText(caller)} calls ${sideText(callee)} (${name}): ${problem}`,
      { target: callee.target },
    ),
  );

/** A cell that could not be tried is never taken for proven. */
export const unreached = (caller: Side, callee: Side, why: string): Cell => ({
  caller,
  callee,
  verdict: inconclusive(
    reason(
      'mixed-not-proven',
      `Mixed versions not proven: ${sideText(caller)} calling ${sideText(callee)}: ${why}`,
      { target: callee.target },
    ),
  ),
});

/** What all cells together are worth; no cell at all proves nothing. */
export const worthOf = (cells: readonly Cell[]): Verdict => {
  if (cells.length > 0) return worst(cells.map(({ verdict }) => verdict));
  const none: Reason = reason(
    'mixed-not-proven',
    'Mixed versions not proven: no target declares a contract',
  );
  return inconclusive(none);
};

/** A cell whose every case was answered as the caller needs. */
export const provenCell = (caller: Side, callee: Side): Cell => ({ caller, callee, verdict: pass });
