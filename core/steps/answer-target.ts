import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';

/** AnswerTarget: answers what one target waits for: its barrier, or after the guard the wait that keeps blue. */
export const AnswerTarget = {
  input: z.strictObject({ pair: Name, release: Text, target: Name, now: Moment }),
  output: z.strictObject({ target: Name, answered: z.boolean() }),
};
