/** Knows the errors of a file system that a person can fix, in Node's own words. */

/** Why a file could not be written or used, and what to do, by Node's code. */
const CAUSES: Readonly<Record<string, readonly [why: string, next: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space'],
  EDQUOT: ['your quota of the disk is used up', 'Free some space'],
  EFBIG: ['it would be larger than this shell allows', 'Raise the limit (ulimit -f)'],
  EROFS: ['the file system is read-only', 'Use a folder that can be written'],
  EACCES: ['this user may not use it', 'Change its permissions or its owner'],
  ENOTDIR: ['a part of its path is a file, not a folder', 'Move that file away'],
  EEXIST: ['a file is in the place of a folder', 'Move that file away'],
  ENOENT: ['the folder does not exist', 'Make it'],
};

/** `ENOSPC: no space left on device, copyfile '/a' -> '/b'`, wherever it is in a text. */
const FAULT =
  /\b(?<code>E[A-Z]+): [^,\n]*, (?<call>\w+)(?: '(?<path>[^'\n]*)')?(?: -> '(?<to>[^'\n]*)')?/;

/** Calls after which a missing path is a missing folder for temporary files. */
const TEMPORARY: readonly string[] = ['mkdtemp', 'scandir'];

/**
 * Which file could not be written or used, why, and what to do, in two sentences; undefined when a text tells of nothing
 * like it. `what` is the file where the text names none, `temporary` the folder of temporary files.
 */
export const diskFault = (
  text: string,
  { what = 'A file', temporary }: { readonly what?: string; readonly temporary?: string } = {},
): string | undefined => {
  const { code = '', call = '', path, to } = FAULT.exec(text)?.groups ?? {};
  const cause = CAUSES[code];
  if (!cause || (code === 'ENOENT' && !TEMPORARY.includes(call))) return undefined;
  const file = to ?? path;
  const [why, next] = cause;
  const isTemporary = temporary !== undefined && file?.startsWith(temporary);
  const elsewhere = isTemporary ? ', or set TMPDIR to another folder for temporary files' : '';
  return `${file ?? what} could not be written: ${why} (${code}). ${next}${elsewhere}, then run it again.`;
};
