import { describe, expect, it } from 'vitest';
import { diskFault } from '../../../core/text/disk-fault.ts';

describe('an error of the disk', () => {
  it.each([
    [
      "ENOSPC: no space left on device, copyfile '/a/x' -> '/b/y'",
      '/b/y could not be written: the disk is full (ENOSPC). Free some space, then run it again.',
    ],
    [
      "Error: EROFS: read-only file system, mkdir '/a'\n    at x",
      '/a could not be written: the file system is read-only (EROFS). Use a folder that can be written, then run it again.',
    ],
    [
      "ENOENT: no such file or directory, mkdtemp '/tmp/x/sandbox-'",
      '/tmp/x/sandbox- could not be written: the folder does not exist (ENOENT). Make it, or set TMPDIR to another folder for temporary files, then run it again.',
    ],
    [
      'ENOSPC: no space left on device, write',
      'Standard output could not be written: the disk is full (ENOSPC). Free some space, then run it again.',
    ],
  ])('is told with its file, why and what to do: %s', (text, sentence) => {
    expect(diskFault(text, { what: 'Standard output', temporary: '/tmp' })).toBe(sentence);
  });

  it.each(["ENOENT: no such file or directory, open '/a'", 'something else', 'EPIPE: broken pipe'])(
    'is not what %s tells of',
    (text) => expect(diskFault(text)).toBeUndefined(),
  );
});
