/** What a test's verbs print, on standard output and on standard error; nothing of it is shown. */
import { afterEach, beforeEach, vi } from 'vitest';

/** Catches what is printed during each test of the file that calls this. */
export const captureOutput = () => {
  const caught = { out: '', err: '' };
  beforeEach(() => {
    for (const [name, stream] of [
      ['out', process.stdout],
      ['err', process.stderr],
    ] as const) {
      caught[name] = '';
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        caught[name] += text;
        return true;
      });
    }
  });
  afterEach(() => void vi.restoreAllMocks());
  return caught;
};
