/** The text of a file, packed by gzip or not. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** Reads a file; that it is not there is a sentence. */
export const readText = async (path: string): Promise<string> => {
  const bytes = await readFile(path).catch(() => {
    throw new Error(`There is no file ${path}`);
  });
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
};
