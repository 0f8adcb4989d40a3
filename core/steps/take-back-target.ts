import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';

/** TakeBackTarget: takes one step of one target's way back. */
export const TakeBackTarget = {
  input: z.strictObject({ pair: Name, release: Text, target: Name, now: Moment }),
  output: z.strictObject({
    target: Name,
    did: z.enum([
      'nothing',
      'wait',
      'answer-failed',
      'stop',
      'continue',
      'redeploy',
      'restore-alias',
      'give-up',
    ]),
  }),
};
