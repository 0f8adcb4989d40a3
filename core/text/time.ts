/** Moments are ISO 8601 texts in records and milliseconds in arithmetic. */

/** Milliseconds since 1970. */
export const toMilliseconds = (moment: string): number => Date.parse(moment);

/** ISO 8601 in UTC. */
export const toMoment = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Milliseconds of so many minutes. */
export const minutes = (count: number): number => count * 60_000;
/** Milliseconds of so many seconds. */
export const seconds = (count: number): number => count * 1000;
