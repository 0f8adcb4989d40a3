import * as z from 'zod/mini';
import { Text } from '../schema.ts';

/** CodeDeploy's event of a changed deployment; its state is not believed, only that something changed. */
export const DeploymentChange = z.object({
  time: Text,
  detail: z.object({ deploymentId: Text, state: z.string() }),
});
