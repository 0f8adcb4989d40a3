import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Name } from '../text/schema.ts';

/** TakeBackTarget: takes one step of one target's rollback. */
export const TakeBackTarget = {
  input: z.strictObject({ ...ABOUT, target: Name }),
  output: z.strictObject({
    target: Name,
    did: z.enum([
      'nothing',
      'wait',
      'answer-failed',
      'stop',
      'continue',
      'redeploy',
      'restore',
      'give-up',
    ]),
  }),
};
