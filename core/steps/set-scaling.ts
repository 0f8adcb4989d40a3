import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';

/** SetScaling: suspends Application Auto Scaling of the services while traffic moves, or restores what was before. */
export const SetScaling = {
  input: z.strictObject({ pair: Name, release: Text, now: Moment, tries: z.int() }),
  output: z.strictObject({ suspended: z.boolean() }),
};
