import * as z from 'zod/mini';
import { HOOKS, type HookName } from '../drivers/hooks.ts';
import type { StepName } from '../names.ts';
import { Text } from '../text/schema.ts';

/** Functions that try calls whose permissions AWS documents in two ways. */
export const TRYING: readonly (StepName | HookName)[] = [
  'observe',
  'start-shift',
  'answer-target',
  'take-back-target',
  ...(Object.keys(HOOKS) as HookName[]),
];

/** One call that a function tried, without any effect. */
const Tried = z.object({
  /** Action of IAM, e.g. `service:Action`; where the event named what to try, with its name. */
  action: Text,
  /** `allowed`: AWS answered that the thing does not exist, or did what has no effect · `refused`: IAM said no · `unclear`: neither. */
  outcome: z.enum(['allowed', 'refused', 'unclear']),
  /** What AWS said. */
  said: z.string(),
});
export type Tried = z.infer<typeof Tried>;

/** What a function answers after it has tried. */
export const TriedAnswer = z.object({ tried: z.array(Tried) });
