import * as z from 'zod/mini';
import { ABOUT } from '../about.ts';
import { End } from '../end.ts';
import { Text } from '../schema.ts';

/** CloseRelease: writes the end, tells people, frees the turn. */
export const CloseRelease = {
  input: z.strictObject({ ...ABOUT }),
  output: z.strictObject({ end: End, cause: Text }),
};
