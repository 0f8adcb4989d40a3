import * as z from 'zod/mini';
import { Moment, Name, Text } from '../text/schema.ts';

/** ValidateRelease: checks what was asked for against what is there, and opens the record of the release. */
export const ValidateRelease = {
  input: z.strictObject({
    /** ARN of the execution; its name is the release's id. */
    execution: Text,
    /** Input of the execution, unchecked. */
    input: z.unknown(),
    now: Moment,
    /** When the execution was started. Executions of machines older than this member do not say. */
    begun: z.optional(Moment),
    /** How often this step was tried before. Executions of machines older than this member do not say. */
    tries: z._default(z.int().check(z.minimum(0)), 0),
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
