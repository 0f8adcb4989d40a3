import { type End, SUCCEEDING } from '../core/end.ts';

/** Exit codes of `tandem watch` by end, for scripts; 1 means that the command itself went wrong. */
const FAILING: Readonly<Partial<Record<End, number>>> = {
  Rejected: 2,
  RolledBack: 3,
  Aborted: 4,
  NeedsAttention: 5,
};

/** Exit code of an end: 0 where the release succeeded. */
export const exitCodeOf = (end: End): number =>
  SUCCEEDING.includes(end) ? 0 : (FAILING[end] ?? 1);
