import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';

/** SetScaling: suspends the automatic scaling of services while traffic moves, or restores what was before. */
export const SetScaling = {
  input: z.strictObject({ ...ABOUT, tries: z.int() }),
  output: z.strictObject({ suspended: z.boolean() }),
};
