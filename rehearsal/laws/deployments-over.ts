import { type Law, recordsIn } from './law.ts';
import { isOurs } from './whose.ts';

const OVER: readonly string[] = ['Succeeded', 'Failed', 'Stopped'];

/** No deployment of ours is left behind, unless a person was called. */
export const deploymentsOver: Law = {
  name: 'deployments-over',
  says: 'No deployment outlasts its release, unless the release called a person.',
  broken: (aftermath) =>
    recordsIn(aftermath).some(({ end }) => end === 'NeedsAttention')
      ? []
      : aftermath.deployments
          .filter((one) => isOurs(one) && !OVER.includes(one.status))
          .map(
            ({ deploymentId, status, description = '' }) =>
              `deployment ${deploymentId} (${description}) is still ${status}`,
          ),
};
