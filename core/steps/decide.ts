import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Decision } from '../record/record.ts';
import { Failure } from '../text/failure.ts';

/** Decide: writes the decision by condition; a failure of another step decides to roll back. */
export const Decide = {
  input: z.strictObject({
    ...ABOUT,
    /** Error and cause of a step that failed, as Step Functions gives them; left out when all is well. */
    failure: z.optional(Failure),
  }),
  output: z.strictObject({ decision: Decision }),
};
