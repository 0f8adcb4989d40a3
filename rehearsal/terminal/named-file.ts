/** Reads files that people name: their own, or those that the clone or the package brings. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { fileFault, jsonFault } from '../../core/text/file-fault.ts';

/** Folder of all sources: that of the clone, or `lib` of the package. */
const above = dirname(dirname(import.meta.dirname));

/** Where samples, environments and documentation are. */
const root = basename(above) === 'lib' ? dirname(above) : above;

/** A path as a person in the current folder means it; where nothing is there, what is brought under that name. */
const placeOf = (path: string): string => {
  const brought = join(root, path);
  return !isAbsolute(path) && !existsSync(path) && existsSync(brought) ? brought : path;
};

/** The JSON of a file. Throws a sentence that says what is wrong with it, and what to name instead. */
export const readNamedJson = async (path: string, instead: string): Promise<unknown> => {
  const text = await readFile(placeOf(path), 'utf8').catch((error: Error) => {
    throw new Error(fileFault(path, error, instead));
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(jsonFault(path, error as Error));
  }
};
