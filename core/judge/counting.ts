/** Makes a tally of what CloudWatch has counted so far: late, missing or revised, it is what is known now. */
import type { Series, Tally } from '../analysis/tally.ts';
import type { CustomMetric } from '../release/custom-metric.ts';
import { PERIOD } from './measures.ts';
import type { Points } from './slow-thresholds.ts';
import { type Answering, unansweredOf } from './unanswered.ts';

/** What was read of one side. */
export interface Counted extends Answering {
  readonly errors: readonly Points[];
  /** Answers whose latency was measured, and of them those slower than each mark. */
  readonly answers: Points;
  readonly slow: readonly Points[];
  /** Events, and what could have become one; of the target's own requests where that is left out. */
  readonly custom: readonly { readonly events: Points; readonly of?: Points }[];
}

/** Milliseconds after its end from which on a period is looked at: before, only a part of it may have arrived. */
export const SETTLED = 15_000;

/** Milliseconds after its end from which on everything about a period has arrived: a side that says nothing of it had no requests, and what is not counted did not happen. */
export const SILENT = 180_000;

/** Whether the first period of a time may still arrive: that nothing was counted in it says nothing yet. Both in milliseconds since 1970. */
export const isEarly = ({ from, to }: { readonly from: number; readonly to: number }): boolean =>
  to - from < PERIOD * 1000 + SILENT;

interface Read {
  readonly green: Counted;
  readonly blue: Counted;
  /** Requests that a balancer failed itself, of both sides. */
  readonly balancer: Points;
  /** Whether they may be of other services. */
  readonly shared?: boolean;
}

/** Times of the periods that can be counted now: green had requests, and what is missing of blue will not come any more. */
const timesOf = (green: Points, blue: Points, seconds: number, now: number): number[] =>
  [...green]
    .filter(([time, count]) => {
      const age = now - (time + seconds * 1000);
      return count > 0 && age >= (blue.has(time) ? SETTLED : SILENT);
    })
    .map(([time]) => time)
    .sort((a, b) => a - b);

const at = (points: Points, time: number): number => Math.round(points.get(time) ?? 0);

/**
 * Whether everything that is counted of a side's requests of a period has arrived. CloudWatch has each count from a
 * moment of its own, and nothing where there is nothing to count: so errors are known to be none only once all requests
 * have another answer.
 */
const isComplete = ({ requests, answered, errors }: Counted, time: number): boolean => {
  if (answered.length === 0) return errors.every((points) => points.has(time));
  const answers = [...answered, ...errors].reduce((sum, points) => sum + at(points, time), 0);
  return answers >= at(requests, time);
};

/** Rows of the errors: a count that is missing while there were requests is none. */
const errorRows = (
  { green, blue, balancer, shared = false }: Read,
  times: readonly number[],
  first: number,
): Series => {
  const answering = ({ requests, answered, errors }: Counted): Answering => ({
    requests,
    answered: [...answered, ...errors],
  });
  const failedItself = { counts: balancer, shared };
  const unanswered = unansweredOf(answering(green), answering(blue), failedItself, times);
  const failed = (side: 'green' | 'blue', { errors, requests }: Counted, time: number) =>
    Math.min(
      at(requests, time),
      errors.reduce((sum, points) => sum + at(points, time), at(unanswered[side], time)),
    );
  return {
    seconds: PERIOD,
    rows: times.map((time) => [
      (time - first) / (PERIOD * 1000),
      ...[at(green.requests, time), at(blue.requests, time)],
      ...[failed('green', green, time), failed('blue', blue, time)],
    ]),
  };
};

/** Number of answers slower than each mark. */
const slowAt = ({ answers, slow }: Counted, time: number): number[] =>
  slow.map((points) => Math.min(at(points, time), at(answers, time)));

/** Whether CloudWatch counts by value: where nothing is above a mark its count may be left out, where no mark has any, values are unknown. */
const hasCounted = ({ slow }: Counted): boolean => slow.some((points) => points.size > 0);

const slowRows = ({ green, blue }: Read, now: number, first: number): Tally['slow'] => ({
  seconds: PERIOD,
  marks: green.slow.length,
  rows: timesOf(green.answers, blue.answers, PERIOD, now).flatMap((time) => {
    // Green may have no slow answer for as long as it lives: what blue has shows that its values are known.
    if (time < first || !(hasCounted(green) || hasCounted(blue))) return [];
    const answers = [at(green.answers, time), at(blue.answers, time)];
    return [
      [(time - first) / (PERIOD * 1000), ...answers, ...slowAt(green, time), ...slowAt(blue, time)],
    ];
  }),
});

const customRows = (
  { green, blue }: Read,
  { metric, index }: { readonly metric: CustomMetric; readonly index: number },
  now: number,
  first: number,
): Series => {
  const [ofGreen, ofBlue] = [green.custom[index]!, blue.custom[index]!];
  const [allGreen, allBlue] = [ofGreen.of ?? green.requests, ofBlue.of ?? blue.requests];
  // Events that are missing may be late: of requests none would be lost, of orders that many would.
  const isIn = (time: number) =>
    now - (time + metric.seconds * 1000) >= SILENT ||
    (ofGreen.events.has(time) && ofBlue.events.has(time));
  const bad = (events: Points, all: Points, time: number) => {
    const seen = Math.min(at(events, time), at(all, time));
    return metric.worse === 'more' ? seen : at(all, time) - seen;
  };
  return {
    seconds: metric.seconds,
    rows: timesOf(allGreen, allBlue, metric.seconds, now)
      .filter((time) => time >= first && isIn(time))
      .map((time) => [
        (time - first) / (metric.seconds * 1000),
        ...[at(allGreen, time), at(allBlue, time)],
        ...[bad(ofGreen.events, allGreen, time), bad(ofBlue.events, allBlue, time)],
      ]),
  };
};

/**
 * The tally of a target with the moment of its first row, in milliseconds since 1970; undefined while green has had no
 * requests of which all is known. Always made anew of everything since, so that what was revised counts as it is now.
 */
export const tallied = (
  read: Read,
  metrics: readonly CustomMetric[],
  now: number,
): { readonly first: number; readonly tally: Tally } | undefined => {
  const times = timesOf(read.green.requests, read.blue.requests, PERIOD, now).filter(
    (time) =>
      now - (time + PERIOD * 1000) >= SILENT ||
      [read.green, read.blue].every((side) => isComplete(side, time)),
  );
  const first = times[0];
  if (first === undefined) return undefined;
  const named = metrics.map((metric, index) => [
    metric.name,
    customRows(read, { metric, index }, now, first),
  ]);
  return {
    first,
    tally: {
      errors: errorRows(read, times, first),
      ...(read.green.slow.length > 0 ? { slow: slowRows(read, now, first) } : {}),
      ...(named.length > 0 ? { metrics: Object.fromEntries(named) } : {}),
    },
  };
};
