import type { ReleaseRecord } from './record.ts';

/** Whether people have stopped the release: nothing may be begun that goes forward. */
export const isStopped = ({ commands: { hold, abort } }: ReleaseRecord): boolean =>
  hold || abort !== undefined;
