import * as z from 'zod/mini';
import { End } from '../end.ts';
import { Moment, Name, Text } from '../schema.ts';

/** CloseRelease: writes the end, tells people, frees the turn. */
export const CloseRelease = {
  input: z.strictObject({ pair: Name, release: Text, now: Moment }),
  output: z.strictObject({ end: End, cause: Text }),
};
