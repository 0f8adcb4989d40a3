import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';
import { Verdict } from '../verdict.ts';

/** ProveRelease: green alone, and blue and green of both sides together; right before the shift it warms green. */
export const ProveRelease = {
  input: z.strictObject({ pair: Name, release: Text, now: Moment }),
  output: Verdict,
};
