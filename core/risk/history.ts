/** What the past releases of a pair say of the next one. */
import * as z from 'zod/mini';
import { Change } from '../release/change.ts';
import { goesBack, Intent } from '../release/intent.ts';
import { Moment } from '../text/schema.ts';
import { toMilliseconds } from '../text/time.ts';
import { effectOf, type Logs, usualOf } from './effect.ts';
import type { Seen } from './posterior.ts';

/** What counts of a release of the past; a record of another version of Tandem may hold more. */
export const Past = z.object({
  intent: Intent,
  end: z.optional(z.string()),
  decision: z.optional(z.string()),
  times: z.object({ started: Moment, shifted: z.optional(Moment) }),
  change: z.optional(Change),
});
export type Past = z.infer<typeof Past>;

/** A release that users met, and whether it was taken back from them. */
export interface Outcome {
  readonly started: string;
  readonly change: Change;
  readonly takenBack: boolean;
}

const ONE_DAY = 86_400_000;

/** Days within which going back to an older revision takes back the release before, though it was promoted. */
const REGRET = 7;

/** Whether users met it and it was taken back; undefined where it ended before any user met it, or has not ended. */
const verdictOf = ({ end, decision, times }: Past): boolean | undefined => {
  if (end === 'Promoted') return false;
  if (end === 'RolledBack') return true;
  if (end === 'Aborted') return times.shifted === undefined ? undefined : true;
  return end === 'NeedsAttention' && decision === 'rollback' ? true : undefined;
};

/** The releases that tell something, the newest first. One that goes back is no change, but says what the one before was worth. */
export const outcomesOf = (past: readonly Past[]): readonly Outcome[] => {
  const newestFirst = [...past].sort((a, b) => b.times.started.localeCompare(a.times.started));
  return newestFirst.flatMap((one, index) => {
    const takenBack = verdictOf(one);
    if (goesBack(one) || takenBack === undefined) return [];
    const next = newestFirst.slice(0, index).findLast(({ end }) => end === 'Promoted');
    const undone =
      next !== undefined &&
      goesBack(next) &&
      toMilliseconds(next.times.started) - toMilliseconds(one.times.started) <= REGRET * ONE_DAY;
    const { started } = one.times;
    return [{ started, change: one.change ?? {}, takenBack: takenBack || undone }];
  });
};

/** Releases, and days, after which a release of the past counts for half. */
const HALF_LIFE = { releases: 30, days: 730 } as const;

/** What was seen of a pair until a moment, with what is usual for it; `outcomes` come newest first. */
export const seenOf = (
  outcomes: readonly Outcome[],
  now: string,
): { readonly usual: Logs; readonly seen: readonly Seen[] } => {
  const usual = usualOf(outcomes.map(({ change }) => change));
  const seen = outcomes.map(({ change, takenBack, started }, index) => {
    const days = Math.max(0, toMilliseconds(now) - toMilliseconds(started)) / ONE_DAY;
    return {
      effect: effectOf(change, usual),
      takenBack,
      weight: 2 ** -(index / HALF_LIFE.releases + days / HALF_LIFE.days),
    };
  });
  return { usual, seen };
};
