import * as z from 'zod/mini';
import { Moment, Text } from '../../text/schema.ts';

/** CodeDeploy's event of a changed deployment; its state is not believed, only that something changed. */
export const DeploymentChange = z.object({
  time: Moment,
  detail: z.object({ deploymentId: Text, state: z.string() }),
});
