/** The launch of one target's deployment, as the record keeps it. */
import { type ReleaseRecord, withTarget } from '../record/record.ts';

/** Whether the release may still deploy: it rolls back, or has ended, at most once. */
export const mayLaunch = ({ decision, end }: ReleaseRecord): boolean =>
  decision !== 'rollback' && end === undefined;

/** The record before the deployment is created: whoever comes after a crash looks for its marker. */
export const launching = (record: ReleaseRecord, name: string, now: string): ReleaseRecord =>
  mayLaunch(record)
    ? withTarget(
        { ...record, times: { ...record.times, staged: record.times.staged ?? now } },
        name,
        { launching: true },
      )
    : record;

/** The record after that: with the deployment, or with the note that the target is somebody else's, its own or that of target `of`. */
export const launched = (
  record: ReleaseRecord,
  name: string,
  id: string | undefined,
  now: string,
  of?: string,
): ReleaseRecord =>
  withTarget(
    record,
    name,
    id === undefined
      ? {
          busy: {
            since: record.targets[name]?.busy?.since ?? now,
            last: now,
            ...(of ? { of } : {}),
          },
        }
      : { forward: id, busy: undefined },
  );
