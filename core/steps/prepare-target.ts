import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';

/** PrepareTarget: records what one target came from and makes the revision that it goes to. */
export const PrepareTarget = {
  input: z.strictObject({ pair: Name, release: Text, target: Name, now: Moment }),
  output: z.strictObject({ target: Name, unchanged: z.boolean() }),
};
