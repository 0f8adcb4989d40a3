import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { End } from '../release/end.ts';
import { Text } from '../text/schema.ts';

/** CloseRelease: writes the end, tells people, frees the turn. */
export const CloseRelease = {
  input: z.strictObject({ ...ABOUT }),
  output: z.strictObject({ end: End, cause: Text }),
};
