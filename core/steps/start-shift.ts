import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Name } from '../text/schema.ts';

/** StartShift: launches what has no green of its own yet, then lets every target go at once. */
export const StartShift = {
  input: z.strictObject({ ...ABOUT }),
  output: z.strictObject({ released: z.array(Name) }),
};
