import * as z from 'zod/mini';
import { Decision } from '../record.ts';
import { Moment, Name, Text } from '../schema.ts';

/** Decide: writes the decision by condition; a failure of another step decides to go back. */
export const Decide = {
  input: z.strictObject({
    pair: Name,
    release: Text,
    /** Error and cause of a step that failed, as Step Functions gives them; left out when all is well. */
    failure: z.optional(z.object({ Error: z.string(), Cause: z._default(z.string(), '') })),
    now: Moment,
  }),
  output: z.strictObject({ decision: Decision }),
};
