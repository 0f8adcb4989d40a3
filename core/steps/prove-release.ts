import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Verdict } from '../release/verdict.ts';

/** ProveRelease: green alone, and blue and green of both sides together; right before the shift it warms green. */
export const ProveRelease = {
  input: z.strictObject({ ...ABOUT }),
  output: Verdict,
};
