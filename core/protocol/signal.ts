import type { ReleaseRecord } from '../record/record.ts';

/** The record after something came from outside: the machine that listens has been told, so its token is used up. */
export const signalled = ({ listener: _, ...record }: ReleaseRecord): ReleaseRecord => ({
  ...record,
  signals: record.signals + 1,
});
