import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Name } from '../text/schema.ts';

/** AnswerTarget: answers what one target waits for: its barrier, or after the guard the wait that keeps blue. */
export const AnswerTarget = {
  input: z.strictObject({ ...ABOUT, target: Name }),
  output: z.strictObject({ target: Name, answered: z.boolean() }),
};
