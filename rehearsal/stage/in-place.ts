/** Puts what was made beside its place into it, so that it is whole or absent there at every moment. */
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stampOf } from '../../scripts/stamp.ts';

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

/** Makes a folder anew unless it was made of these files, as they are now; the folder keeps what it was made of. */
export const remakeStale = async (
  folder: string,
  files: readonly string[],
  make: (draft: string) => Promise<void>,
): Promise<void> => {
  const stamp = await stampOf(files);
  const before = await readFile(join(folder, 'stamp.json'), 'utf8').catch(() => undefined);
  if (stamp === before) return;
  await remake(folder, async (draft) => {
    await make(draft);
    await writeFile(join(draft, 'stamp.json'), stamp);
  });
};
