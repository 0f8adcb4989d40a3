/** Puts what was made beside its place into it, so that it is whole or absent there at every moment. */
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** Codes of a rename onto a folder that another process has put there meanwhile. */
const TAKEN: readonly string[] = ['ENOTEMPTY', 'EEXIST'];

const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true });

/** Moves what is there out of the way, and the draft in; where that fails, what was there is back. */
const swap = async (draft: string, path: string, before: string): Promise<void> => {
  try {
    await rename(path, before);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  try {
    await rename(draft, path);
  } catch (error) {
    // Another process makes the same: whoever was first is right.
    if (TAKEN.includes(codeOf(error))) return;
    await rename(before, path).catch(() => undefined);
    throw error;
  }
};

/** Puts a draft, a file or a folder on the same disk, in its place. */
export const place = async (draft: string, path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const before = `${draft}-before`;
  try {
    await swap(draft, path, before);
  } finally {
    await Promise.all([before, draft].map(remove));
  }
};

/**
 * Makes a folder anew, beside the old one: a disk that is full, or a process that is killed in the middle, leaves the old
 * one as it was, and what is torn is read by nobody.
 */
export const remake = async (
  folder: string,
  make: (draft: string) => Promise<void>,
): Promise<void> => {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-draft-`);
  try {
    await make(draft);
    await place(draft, folder);
  } finally {
    await remove(draft);
  }
};
