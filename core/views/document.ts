import { judgedOf } from '../record/judged-words.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { waitOf } from '../record/waiting.ts';

/** A release as a program reads it: its record without what answers hooks and tasks, and what it waits for. */
export const documentOf = (record: ReleaseRecord) => {
  const { listener: _listener, hooks: _hooks, waiting: _waiting, judged, ...shown } = record;
  return {
    ...shown,
    ...(record.times.shifted ? { judged: { says: [], ...judged, targets: judgedOf(record) } } : {}),
    waits: waitOf(record),
  };
};
