import * as z from 'zod/mini';
import { Name, Text } from '../text/schema.ts';

/** Listen: waits for a signal, unless one came since the last observation. */
export const Listen = {
  input: z.strictObject({ pair: Name, release: Text, token: Text, signals: z.int() }),
  output: z.strictObject({ listening: z.boolean() }),
};
