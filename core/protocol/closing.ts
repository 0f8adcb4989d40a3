import type { ReleaseRecord } from '../record/record.ts';

/**
 * What is left to do once the end of a release is written, in this order: a retry after a failure between two steps loses
 * nothing. Until the turn is free and the end was reported the release is listed as open, and its recovery continues
 * with it should the execution be gone: a second message is cheaper than none.
 */
export const CLOSING = ['remember', 'free-turn', 'notify', 'close', 'learn'] as const;
export type AfterEnd = (typeof CLOSING)[number];

/** The record of a release that nobody has to carry on any more. */
export const closed = (record: ReleaseRecord): ReleaseRecord =>
  record.closed ? record : { ...record, closed: true };
