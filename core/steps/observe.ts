import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Vote } from '../record/vote.ts';

/** Observe: reads the truth, records it, and says what to do now. */
export const Observe = {
  input: z.strictObject({
    ...ABOUT,
    /** Which machine asks: the one that releases, or the one that walks the rollback. */
    machine: z.enum(['release', 'rollback']),
    /** Votes that are given instead of read: an earlier machine asks for them in steps of their own. */
    votes: z.optional(z.array(Vote)),
  }),
  output: z.strictObject({
    action: z.enum(['wait', 'proceed', 'ask', 'rollback', 'hand-over']),
    /** Step that `proceed` leads to; `none` for the other actions. */
    step: z.enum([
      'none',
      'set-scaling',
      'launch-deployment',
      'prove-release',
      'start-shift',
      'decide',
      'answer-target',
      'take-back-target',
      'close-release',
    ]),
    /** Longest wait of `wait` in seconds. */
    seconds: z.int().check(z.minimum(1)),
    /** Facts from outside that this observation knew. */
    signals: z.int(),
  }),
};
