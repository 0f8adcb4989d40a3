/** What happens to a release before it has its turn. */
import type { ReleaseRecord } from '../record/record.ts';
import { withWait } from '../record/waiting.ts';
import { reason } from '../release/reason.ts';
import { FOR_ITS_TURN } from './turn.ts';

/** The record of a release that waits for its turn. It asks again every few minutes: unchanged where it waits already. */
export const queued = (record: ReleaseRecord): ReleaseRecord =>
  record.phase === 'Waiting' ? record : withWait({ ...record, phase: 'Waiting' }, FOR_ITS_TURN);

/** The record of a release whose place another one took, before its token ends it; unchanged where it knows that. */
export const displaced = (record: ReleaseRecord, by: string): ReleaseRecord =>
  record.reasons.some(({ code }) => code === 'superseded')
    ? record
    : {
        ...record,
        reasons: [reason('superseded', `${by} took its place while it waited for its turn`)],
      };
