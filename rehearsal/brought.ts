/** Finds files that people name: their own, or those that the clone or the package brings. */
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';

/** Folder above this one: that of the clone, or `lib` of the package. */
const above = dirname(import.meta.dirname);

/** Where samples, environments and documentation are. */
const root = basename(above) === 'lib' ? dirname(above) : above;

/** A path as a person in the current folder means it; where nothing is there, what is brought under that name. */
export const namedFile = (path: string): string => {
  const brought = join(root, path);
  return !isAbsolute(path) && !existsSync(path) && existsSync(brought) ? brought : path;
};
