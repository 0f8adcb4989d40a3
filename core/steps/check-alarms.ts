import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';
import { Vote } from '../vote.ts';

/** CheckAlarms: what the alarms of the pair say now. */
export const CheckAlarms = {
  input: z.strictObject({ pair: Name, release: Text, now: Moment }),
  output: Vote,
};
