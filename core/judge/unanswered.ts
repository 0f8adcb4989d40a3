/** Requests that a side got and never answered: it hung, or broke off. The balancer answered its users instead. */
import type { Points } from './slow-thresholds.ts';

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

/** Milliseconds after which all metrics of a period are in: before, answers that are only late would be missing. */
const ALL_IN = 180_000;

/** Requests without an answer of one side, period by period. */
const course = ({ requests, answered }: Answering) => {
  const past: { readonly time: number; readonly open: number }[] = [];
  const openAt = (moment: number): number =>
    past.findLast(({ time }) => time <= moment)?.open ?? past[0]?.open ?? 0;
  let open = 0;
  return {
    add: (time: number): void => {
      open += at(requests, time);
      open -= answered.reduce((sum, points) => sum + at(points, time), 0);
      past.push({ time, open });
    },
    open: (): number => Math.max(0, open),
    /** How many more are without an answer than after the first period: those are only under way. */
    grown: (moment: number): number => Math.max(0, openAt(moment) - (past[0]?.open ?? 0)),
  };
};

/** What a balancer failed itself. */
export interface Failed {
  readonly counts: Points;
  /** The balancer has target groups of other services too: what it failed may be theirs. */
  readonly shared: boolean;
}

/**
 * A balancer does not say by target group which requests it failed itself: only how many (`HTTPCode_ELB_5XX_Count`).
 * They are shared out by how many requests of each side have no answer yet. What is only under way has none either,
 * but in proportion to traffic on both sides, and never more than the balancer failed: so it says nothing against
 * green, not even with connections that stay open for long. On a shared balancer others may fail while requests are
 * under way here, so there a side has at most as many as its requests without an answer have grown by, three minutes
 * later. Counted from the first of `times` on, in milliseconds since 1970; only what is beyond the most so far is new.
 */
export const unansweredOf = (
  green: Answering,
  blue: Answering,
  failed: Failed,
  times: readonly number[],
): Unanswered => {
  const sides = [green, blue].map((side) => ({
    course: course(side),
    most: 0,
    found: new Map<number, number>(),
  }));
  let all = 0;
  for (const time of times) {
    for (const one of sides) one.course.add(time);
    all += at(failed.counts, time);
    const open = sides.reduce((sum, one) => sum + one.course.open(), 0);
    for (const one of sides) {
      const share = open === 0 ? 0 : one.course.open() / open;
      const most = Math.floor(Math.min(all, open) * share);
      const own = failed.shared ? Math.min(most, one.course.grown(time - ALL_IN)) : most;
      one.found.set(time, Math.max(0, own - one.most));
      one.most = Math.max(one.most, own);
    }
  }
  return { green: sides[0]!.found, blue: sides[1]!.found };
};
