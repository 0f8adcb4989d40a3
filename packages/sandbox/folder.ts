/** Makes the folder that a sandbox keeps its files in, and clears away those of sandboxes that were killed. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the folder's name begins. */
const NAME = 'sandbox-';

/** The file that says whose the folder is: without it, a folder is none of ours. */
const OWNER = 'owner';
const ownedBy = (pid: number | string): string =>
  `local AWS sandbox, process ${pid} of ${hostname()}`;

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else runs too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
};

const isAbandoned = async (folder: string): Promise<boolean> => {
  const owner = await readFile(join(folder, OWNER), 'utf8').catch(() => '');
  const pid = /process (\d+) of/.exec(owner)?.[1] ?? '';
  return owner === ownedBy(pid) && !isRunning(Number(pid));
};

/** Makes a folder of this process in `parent`, and deletes what processes that no longer run have left there. */
export const openFolder = async (parent = tmpdir()): Promise<string> => {
  const names = await readdir(parent);
  for (const name of names.filter((each) => each.startsWith(NAME))) {
    const folder = join(parent, name);
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true });
  }
  const folder = await mkdtemp(join(parent, NAME));
  try {
    await writeFile(join(folder, OWNER), ownedBy(process.pid));
  } catch (error) {
    // Without its owner nobody would ever clear it away.
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
};
