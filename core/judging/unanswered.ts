/** Requests that a side got and never answered: it hung, or broke off. The balancer answered its users instead. */
import type { Points } from './marks.ts';

/** What was counted of one side. */
export interface Answering {
  readonly requests: Points;
  /** Answers by their kind; none where nobody counts them apart from requests. */
  readonly answered: readonly Points[];
}

/** Unanswered requests of each side, by the period in which they became known. */
export interface Unanswered {
  readonly green: Points;
  readonly blue: Points;
}

const at = (points: Points, time: number): number => points.get(time) ?? 0;

/**
 * A balancer does not say by target group which requests it failed itself: only how many (`HTTPCode_ELB_5XX_Count`).
 * They are shared out by how many requests of each side have no answer yet. What is only under way has none either,
 * but in proportion to traffic on both sides, and never more than the balancer failed: so it says nothing against
 * green, not even with connections that stay open for long. Counted from the first of `times` on, in milliseconds since
 * 1970; only what is beyond the most so far is new.
 */
export const unansweredOf = (
  green: Answering,
  blue: Answering,
  failed: Points,
  times: readonly number[],
): Unanswered => {
  const sides = [green, blue].map((side) => ({
    side,
    open: 0,
    most: 0,
    found: new Map<number, number>(),
  }));
  let all = 0;
  for (const time of times) {
    all += at(failed, time);
    for (const one of sides) {
      const answers = one.side.answered.reduce((sum, points) => sum + at(points, time), 0);
      one.open += at(one.side.requests, time) - answers;
    }
    const open = sides.reduce((sum, one) => sum + Math.max(0, one.open), 0);
    for (const one of sides) {
      const share = open === 0 ? 0 : Math.max(0, one.open) / open;
      const own = Math.floor(Math.min(all, open) * share);
      one.found.set(time, Math.max(0, own - one.most));
      one.most = Math.max(one.most, own);
    }
  }
  return { green: sides[0]!.found, blue: sides[1]!.found };
};
