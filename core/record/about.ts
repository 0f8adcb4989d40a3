import * as z from 'zod/mini';
import { Moment, Name, Text } from '../text/schema.ts';

/** What a step that acts for a release gets of it. */
export const ABOUT = {
  pair: Name,
  release: Text,
  /** Execution that acts; only the owner of the release may. One whose machine is older than this member does not say: left out, or empty. */
  execution: z.optional(z.string()),
  now: Moment,
};
