/** Everything that tests leave behind lies in one folder, which goes when they have ended. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OURS = 'tandem-tests-';

export const setup = (): (() => void) | undefined => {
  // Every project asks; the first one makes it.
  if (process.env.TMPDIR?.includes(OURS)) return undefined;
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), OURS));
  process.env.TMPDIR = folder;
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  };
};
