import { ENDS, type End } from '../core/release/end.ts';

/** Exit codes of `tandem watch` by end, for scripts; 1 means that the command itself went wrong. */
const OTHERS: Readonly<Partial<Record<End, number>>> = {
  Rejected: 2,
  RolledBack: 3,
  Aborted: 4,
  NeedsAttention: 5,
  Superseded: 6,
};

/** Exit code of an end: 0 where users are on what was asked for. */
export const exitCodeOf = (end: End): number => OTHERS[end] ?? 0;

const ALL = Object.keys(ENDS) as End[];

/** The exit codes of all ends, for people: `0 Promoted, Unchanged; 2 Rejected; …`. */
export const EXIT_CODES_TEXT = [...new Set(ALL.map(exitCodeOf))]
  .sort()
  .map((code) => `${code} ${ALL.filter((end) => exitCodeOf(end) === code).join(', ')}`)
  .join('; ');
