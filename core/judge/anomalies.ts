/** What is unusual about a target as a whole, whichever version its users meet: caution, before any alarm. */
import { DEFAULT_DETECTION, isAnomalous, openDetector } from '../analysis/anomaly.ts';
import { type Reason, reason } from '../release/reason.ts';
import { minutes, toMoment } from '../text/time.ts';
import { SILENT } from './counting.ts';
import { PERIOD } from './measures.ts';
import type { Points } from './slow-thresholds.ts';

/** Hours of figures that tell what is usual. */
export const USUAL_HOURS = 12;

/** Figures that must be known before one is unusual. */
const FEWEST = 180;

/** How something went, a figure a minute. */
export interface Course {
  readonly what: keyof typeof WORDS;
  readonly points: Points;
}

/** How a figure is told. */
const WORDS = {
  requests: (value: number) => `${Math.round(value).toLocaleString('en-US')} requests a minute`,
  errors: (value: number) => `${Number((100 * value).toPrecision(2))} % of requests failed`,
  latency: (value: number) => `an average of ${Number(value.toPrecision(2))} ms for an answer`,
} as const;

/** By how many times a figure must be beyond the others: less is new, and nobody minds. */
const MARGIN = 1.25;

/** Smallest share of failures that anybody minds: among few requests one is quickly more than ever. */
const LEAST_ERRORS = 0.01;

/** Whether a figure is worse than all others by so much that somebody minds: of requests also when they are fewer. */
const isBeyond = ({ what }: Course, value: number, low: number, high: number): boolean => {
  if (value > MARGIN * high) return what !== 'errors' || value >= LEAST_ERRORS;
  return what === 'requests' && value < low / MARGIN;
};

/** The detector as it counts cautions, not events: one before the release hushes none after it. */
const DETECTION = { ...DEFAULT_DETECTION, memory: (USUAL_HOURS * 3600) / PERIOD, quiet: 0 };

/** The last unusual minute of a course within a time, in milliseconds since 1970, and why; a figure that is better than ever is no reason. */
const lastUnusual = (course: Course, from: number): { at: number; text: string } | undefined => {
  const score = openDetector(DETECTION);
  let [low, high, seen] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  let found: { at: number; text: string } | undefined;
  for (const [at, value] of [...course.points].sort(([a], [b]) => a - b)) {
    const isNew = isAnomalous([score(value)]) && seen >= FEWEST;
    if (isNew && at >= from && isBeyond(course, value, low, high)) {
      const is = WORDS[course.what];
      found = {
        at,
        text: `${is(value)} at ${toMoment(at).slice(11, 16)} UTC, ${value > high ? `at most ${is(high)}` : `at least ${is(low)}`} in the hours before`,
      };
    }
    [low, high, seen] = [Math.min(low, value), Math.max(high, value), seen + 1];
  }
  return found;
};

/**
 * A reason for each course that was unusual since a moment, in milliseconds since 1970, and not longer than so many
 * minutes ago. By chance alone a minute in a thousand of each course is one, so it rolls nothing back.
 */
export const unusualReasons = (
  target: string,
  courses: readonly Course[],
  {
    since,
    now,
    withinMinutes,
  }: { readonly since: number; readonly now: number; readonly withinMinutes: number },
): readonly Reason[] =>
  courses.flatMap((course) => {
    const found = lastUnusual(
      course,
      Math.max(since, now - minutes(withinMinutes) - SILENT - PERIOD * 1000),
    );
    return found ? [reason('unusual', `${target}: ${found.text}`, { target })] : [];
  });
