/** What the past releases of a pair say of the next one. */
import type { Change } from '../release/change.ts';
import { fateOf, type PastRelease } from '../release/fate.ts';
import { goesBack } from '../release/intent.ts';
import { toMilliseconds } from '../text/time.ts';
import { effectOf, type Logs, usualOf } from './effect.ts';
import type { Seen } from './posterior.ts';

/** A release that users met, and whether it was rolled back from them. */
export interface Outcome {
  readonly started: string;
  readonly change: Change;
  readonly takenBack: boolean;
}

const ONE_DAY = 86_400_000;

/** Days within which a release that undoes another one counts for the risk. */
const REGRET = 7;

/** The releases that tell something, the newest first. One that rolls back is no change, but says what the one before was worth. */
export const outcomesOf = (past: readonly PastRelease[]): readonly Outcome[] =>
  [...past]
    .sort((a, b) => b.times.started.localeCompare(a.times.started))
    .flatMap((one) => {
      const fate = fateOf(one, past, REGRET * ONE_DAY);
      if (goesBack(one) || fate === 'under way' || fate === 'not met') return [];
      return [
        { started: one.times.started, change: one.change ?? {}, takenBack: fate !== 'stayed' },
      ];
    });

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
