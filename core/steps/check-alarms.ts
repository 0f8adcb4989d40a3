import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Vote } from '../record/vote.ts';

/** CheckAlarms, a step of earlier machines: what the alarms of the pair say now. */
export const CheckAlarms = {
  input: z.strictObject({ ...ABOUT }),
  output: Vote,
};
