import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';

/** StartShift: launches what has no green of its own yet, then lets every target go at once. */
export const StartShift = {
  input: z.strictObject({ pair: Name, release: Text, now: Moment }),
  output: z.strictObject({ released: z.array(Name) }),
};
