/** The text of a file, packed by gzip or not. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { fileFault } from '../core/text/file-fault.ts';

/** Reads a file; that it cannot be read is a sentence. */
export const readText = async (path: string): Promise<string> => {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new Error(fileFault(path, error));
  });
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
};
