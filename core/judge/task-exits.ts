/** Tasks of a service that end by themselves: a service that serves never does. */
import * as z from 'zod/mini';
import { type Reason, reason } from '../release/reason.ts';

/** Tasks that exited by themselves, of each side, in the last hour: AWS forgets them then. */
export const TaskExits = z.strictObject({
  green: z.int(),
  blue: z.int(),
  /** Why the last one of green did, in the words of AWS. */
  why: z.optional(z.string()),
});
export type TaskExits = z.infer<typeof TaskExits>;

/** Tasks of green that may end before it counts: a host or a start may fail. */
const FEWEST = 3;

/** How many times as many as of blue it must be: what makes both end is not the new version. */
const TIMES = 2;

/** Why green is worse by how its tasks end; undefined while nothing speaks against it. */
export const taskExitsReason = (
  target: string,
  { green, blue, why }: TaskExits,
): Reason | undefined =>
  green < FEWEST || green <= TIMES * blue
    ? undefined
    : reason(
        'green-crashes',
        `${target}: ${green} tasks of green have ended by themselves, of blue ${blue === 0 ? 'none' : blue}${why ? `; the last one: ${why}` : ''}`,
        { target, figures: { green, blue } },
      );
