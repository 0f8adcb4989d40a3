import * as z from 'zod/mini';
import { Text } from '../../text/schema.ts';

/** What CodeDeploy sends to a hook: nothing else. */
export const HookEvent = z.object({
  DeploymentId: Text,
  LifecycleEventHookExecutionId: Text,
});
export type HookEvent = z.infer<typeof HookEvent>;
