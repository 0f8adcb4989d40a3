/** The file from which processes of this machine read service time: its speed may change while they run. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';

/**
 * Keeps a file in `folder` that says how service time runs now, and gives its path: `{ base, origin, speed }` is service
 * time in milliseconds at the moment `origin`, then `speed` times as fast. The moment is one of the machine's monotonic
 * clock, which all of its processes share: the system clock may be set at any time.
 */
export const timeFile = (clock: Clock, folder: string): string => {
  const path = join(folder, 'time.json');
  const write = () => {
    const origin = Number(process.hrtime.bigint()) / 1e6;
    const time = { base: clock.now(), origin, speed: clock.speed };
    // Renamed, so that nobody reads half of it.
    writeFileSync(`${path}.new`, JSON.stringify(time));
    renameSync(`${path}.new`, path);
  };
  write();
  clock.onSpeed(write);
  return path;
};
