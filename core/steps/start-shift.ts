import * as z from 'zod/mini';
import { ABOUT } from '../about.ts';
import { Name } from '../schema.ts';

/** StartShift: launches what has no green of its own yet, then lets every target go at once. */
export const StartShift = {
  input: z.strictObject({ ...ABOUT }),
  output: z.strictObject({ released: z.array(Name) }),
};
