/** Why a file that a person has named cannot be read, in words, by Node's code. */

/** Codes that say that nothing is there: also a path through something that is no folder. */
const MISSING: readonly string[] = ['ENOENT', 'ENOTDIR'];

/** Codes that say that the person may not read it. */
const FORBIDDEN: readonly string[] = ['EACCES', 'EPERM'];

/** What is wrong with a file, by the error of reading it, and what to name instead if that is known. */
export const fileFault = (path: string, error: Error & { code?: string }, instead = ''): string => {
  const { code = '', message } = error;
  const next = instead && `. ${instead}`;
  if (MISSING.includes(code)) return `There is no file ${path}${next}`;
  if (code === 'EISDIR') return `${path} is a folder${next || '. Name a file'}`;
  if (FORBIDDEN.includes(code)) return `${path} cannot be read: you have no permission (${code})`;
  return `${path} cannot be read: ${message}`;
};

/** What is wrong with a text that is to be JSON, by the error of parsing it. */
export const jsonFault = (path: string, { message }: Error): string =>
  `${path} is not JSON: ${message}`;
