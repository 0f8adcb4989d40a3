/** The envelope in which EventBridge brings an event to its targets. */

/** One event. `time` has whole seconds, e.g. `2026-01-05T09:00:00Z`. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** A point of service time as envelopes write it. */
export const eventTime = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
