import * as z from 'zod/mini';
import { Text } from '../text/schema.ts';

/** What any function of Tandem may be sent beside its work: an event that keeps it awake, or one that has it try its permissions. */
export const Visit = z.strictObject({
  tandem: z.enum(['stay-warm', 'try']),
  /** ARNs of roles that the function tries to assume, by `<pair>/<target>`. */
  roles: z.optional(z.record(Text, Text)),
});
export type Visit = z.infer<typeof Visit>;

/** The event of the daily rule. */
export const STAY_WARM = { tandem: 'stay-warm' } as const satisfies Visit;

/** The event after which a function tries its permissions. */
export const TRY = { tandem: 'try' } as const satisfies Visit;
