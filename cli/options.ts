/** Knows the values that options of the command may have. */
import { InvalidArgumentError } from 'commander';
import { Curve } from '../core/release/curve.ts';

/** Port on which people expect a local AWS. */
export const DEFAULT_PORT = 4566;

/** Faster than this, the real time that requests and processes take looks like hours to a release. */
const FASTEST = 1000;

/** Releases that are read one by one; who wants more wants all. */
const MOST_LISTED = 200;

/** Reads a port. */
export const portOf = (text: string): number => {
  const port = Number(text);
  if (text !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
};

/** Most requests in a real second that the load generator of a sandbox sends. */
const MOST_REQUESTS = 500;

/** Reads how many requests users send in a real second. */
export const trafficOf = (text: string): number => {
  const requests = Number(text);
  if (text !== '' && requests >= 0 && requests <= MOST_REQUESTS) return requests;
  throw new InvalidArgumentError(
    `Traffic is a number of requests in a real second, from 0 (none) to ${MOST_REQUESTS}.`,
  );
};

/** Reads how many are wanted. */
export const limitOf = (text: string): number => {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_LISTED) return limit;
  throw new InvalidArgumentError(`A limit is a number from 1 to ${MOST_LISTED}; --all has none.`);
};

/** Reads a speed: service seconds in a real second. */
export const speedOf = (text: string): number => {
  const speed = Number(text);
  if (speed > 0 && speed <= FASTEST) return speed;
  throw new InvalidArgumentError(`A speed is a number above 0, at most ${FASTEST}.`);
};

/** Reads a curve: `all-at-once`, `canary:<percent>:<minutes>` or `linear:<percent>:<minutes>`. */
export const curveOf = (text: string): Curve => {
  const [type, percent, minutes] = text.split(':');
  const given =
    percent === undefined ? { type } : { type, percent: Number(percent), minutes: Number(minutes) };
  const read = Curve.safeParse(given);
  if (read.success && text.split(':').length <= 3) return read.data;
  throw new InvalidArgumentError(
    'A curve is all-at-once, canary:<percent>:<minutes> or linear:<percent>:<minutes>, e.g. canary:10:5.',
  );
};

/** Reads minutes. */
export const minutesOf = (text: string): number => {
  const minutes = Number(text);
  if (text !== '' && Number.isInteger(minutes) && minutes >= 0) return minutes;
  throw new InvalidArgumentError('Minutes are a whole number, e.g. 5.');
};

/** Reads how many seeds are played. */
export const countOf = (text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('A count is a whole number from 1 on.');
};

/** Largest seed: the generator takes 32 bits. */
const LARGEST_SEED = 2 ** 32 - 1;

/** Reads a seed. */
export const seedOf = (text: string): number => {
  const seed = Number(text);
  if (text !== '' && Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED) return seed;
  throw new InvalidArgumentError(`A seed is a whole number from 0 to ${LARGEST_SEED}.`);
};

/** Collects the values of an option that may be given again and again. */
export const collected = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR };

/** When something began, at a given time now; both in milliseconds since 1970. */
export type Since = (now: number) => number;

/** Reads since when: a date or a time of ISO 8601 (UTC), or how long ago (`12h`, `7d`). */
export const sinceOf = (text: string): Since => {
  const { count, unit } = /^(?<count>\d+)(?<unit>[hd])$/.exec(text)?.groups ?? {};
  if (count && unit) return (now) => now - Number(count) * UNITS[unit]!;
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(date)) return () => date;
  throw new InvalidArgumentError(
    'Since when is a date, e.g. 2026-11-23, or how long ago: 12h, 7d.',
  );
};

/** A moment, by the start of a release; both in milliseconds since 1970. */
export type AtTime = (started: number) => number;

/** Reads a moment of a release: a time of its own clock (`08:12`, `1:08:12`), or a time of ISO 8601 (UTC). */
export const atTimeOf = (text: string): AtTime => {
  const clock = /^(?:(?<hours>\d+):)?(?<minutes>\d{1,2}):(?<seconds>[0-5]\d)$/.exec(text)?.groups;
  if (clock) {
    const { hours = 0, minutes, seconds } = clock;
    // A line of the ledger shows whole seconds: what happened within this one is included.
    return (started) =>
      started + Number(hours) * HOUR + Number(minutes) * 60_000 + Number(seconds) * 1000 + 999;
  }
  const moment = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (!Number.isNaN(moment)) return () => moment;
  throw new InvalidArgumentError(
    "A moment is a time of the release's own clock, e.g. 08:12, or a time in UTC, e.g. 2026-11-23T09:08:12Z.",
  );
};
