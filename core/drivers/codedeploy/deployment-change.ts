import * as z from 'zod/mini';
import { Moment, Text } from '../../text/schema.ts';

/** CodeDeploy's event of a changed deployment; its state is not believed, only that something changed. */
export const DeploymentChange = z.object({
  time: Moment,
  detail: z.object({ deploymentId: Text, state: z.string() }),
});

/** What of a release says whether it polls. */
interface Woken {
  readonly decision: 'none' | 'promote' | 'rollback';
  readonly times: { readonly guardEnded?: string | undefined };
}

/**
 * Whether a release polls at once because of a new state of one of its deployments: each poll has its price. That a
 * deployment has begun is the release's own doing, and one that succeeds in the guard counts when the guard is over. A
 * state that does not wake it is not lost: the release reads its deployments at every poll.
 */
export const wakesFor = (state: string, { decision, times }: Woken): boolean => {
  if (decision === 'rollback') return true;
  if (state === 'START') return false;
  return state !== 'SUCCESS' || decision !== 'promote' || times.guardEnded !== undefined;
};
