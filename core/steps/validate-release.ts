import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';

/** ValidateRelease: checks what was asked for against what is there, and opens the record of the release. */
export const ValidateRelease = {
  input: z.strictObject({
    /** ARN of the execution; its name is the release's id. */
    execution: Text,
    /** Input of the execution, unchecked. */
    input: z.unknown(),
    now: Moment,
  }),
  output: z.strictObject({
    /** `refused`: there is no record, the cause is all there is · `resumed`: carry on what another execution left. */
    outcome: z.enum(['accepted', 'rejected', 'resumed', 'refused']),
    pair: z.string(),
    release: Text,
    targets: z.array(Name),
    cause: z.string(),
  }),
};
