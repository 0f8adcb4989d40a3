import * as z from 'zod/mini';
import { Moment, Name, Text } from '../text/schema.ts';

/**
 * TakeTurn: one release per pair; the token is completed when it is this one's turn, or when a newer one waits.
 * `handed`: the turn came after a wait, so what was checked before it is checked again. `aborted`: a
 * person ended this one, so it gives its place up.
 */
export const TakeTurn = {
  input: z.strictObject({ pair: Name, release: Text, execution: Text, token: Text, now: Moment }),
  output: z.strictObject({
    turn: z.enum(['taken', 'handed', 'waiting', 'superseded', 'aborted']),
  }),
};
