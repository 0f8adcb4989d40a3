/** What became of a release of the past. The risk, what is learned of starts, and `backtest` read this and nothing else. */
import * as z from 'zod/mini';
import { Moment } from '../text/schema.ts';
import { toMilliseconds } from '../text/time.ts';
import { Change } from './change.ts';
import { goesBack, Intent } from './intent.ts';

const Revision = z.optional(z.object({ ref: z.string() }));

/** What counts of a release of the past; a record of another version of Tandem may hold more. */
export const PastRelease = z.object({
  intent: Intent,
  end: z.optional(z.string()),
  decision: z.optional(z.string()),
  times: z.object({ started: Moment }),
  change: z.optional(Change),
  targets: z.record(
    z.string(),
    z.object({ unchanged: z.boolean(), shifted: z.boolean(), from: Revision, to: Revision }),
  ),
});
export type PastRelease = z.infer<typeof PastRelease>;

/**
 * `not met`: it ended before any user met green, or nobody knows · `stayed`: promoted, and users are still on it ·
 * `undone`: promoted, and a later release has rolled users back from it · `rolled back`: its own rollback took users from
 * green.
 */
export type Fate = 'under way' | 'not met' | 'stayed' | 'undone' | 'rolled back';

/** Whether users may have met green of one of its targets. */
export const metUsers = ({ targets }: Pick<PastRelease, 'targets'>): boolean =>
  Object.values(targets).some(({ shifted }) => shifted);

/** The fate of a release when it ended: nothing later is considered. */
export const fateAtEnd = ({
  end,
  decision,
  targets,
}: Pick<PastRelease, 'end' | 'decision' | 'targets'>): Exclude<Fate, 'undone'> => {
  if (end === undefined) return 'under way';
  if (end === 'Promoted') return 'stayed';
  const isTakenBack =
    end === 'RolledBack' ||
    (end === 'Aborted' && metUsers({ targets })) ||
    (end === 'NeedsAttention' && decision === 'rollback');
  return isTakenBack ? 'rolled back' : 'not met';
};

/** Whether a later release has rolled users back from a revision that this one brought. */
const isUndoneBy = (past: PastRelease, later: PastRelease): boolean =>
  goesBack(later) &&
  fateAtEnd(later) === 'stayed' &&
  later.times.started > past.times.started &&
  Object.entries(later.targets).some(([name, { unchanged, from }]) => {
    const brought = past.targets[name];
    return (
      !unchanged &&
      brought?.unchanged === false &&
      from !== undefined &&
      from.ref === brought.to?.ref
    );
  });

/**
 * The fate of a release by all known releases of its pair. A release that undoes it counts only if it started within
 * `within` milliseconds.
 */
export const fateOf = (
  past: PastRelease,
  all: readonly PastRelease[],
  within = Number.POSITIVE_INFINITY,
): Fate => {
  const fate = fateAtEnd(past);
  const started = toMilliseconds(past.times.started);
  const isUndone = all.some(
    (later) => isUndoneBy(past, later) && toMilliseconds(later.times.started) - started <= within,
  );
  return fate === 'stayed' && isUndone ? 'undone' : fate;
};
