/** Remembers what an output was made of, so that it is made again when any of that has changed, and only then. */
import { readFile, stat } from 'node:fs/promises';

/** Time and size of each file; a missing file has neither. */
const readingOf = async (files: readonly string[]): Promise<string> => {
  const readings = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined);
      return [file, found?.mtimeMs, found?.size];
    }),
  );
  return JSON.stringify(readings);
};

/** The stamp of some files: equal stamps mean that none of them was touched. */
export const stampOf = async (files: readonly string[]): Promise<string> =>
  JSON.stringify({ files, reading: await readingOf(files) });

/** Whether the files named in a stamp are still as they were when it was made. */
export const isFresh = async (stampFile: string): Promise<boolean> => {
  const stamp = await readFile(stampFile, 'utf8').catch(() => undefined);
  if (stamp === undefined) return false;
  try {
    const { files, reading } = JSON.parse(stamp);
    return (await readingOf(files)) === reading;
  } catch {
    // Half of it was written: what it speaks of is made again.
    return false;
  }
};
