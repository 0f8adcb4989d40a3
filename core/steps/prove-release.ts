import * as z from 'zod/mini';
import { ABOUT } from '../about.ts';
import { Verdict } from '../verdict.ts';

/** ProveRelease: green alone, and blue and green of both sides together; right before the shift it warms green. */
export const ProveRelease = {
  input: z.strictObject({ ...ABOUT }),
  output: Verdict,
};
