import type { Law } from './law.ts';
import { isOurs } from './whose.ts';

/** A deployment of somebody else is neither stopped nor continued. */
export const othersUntouched: Law = {
  name: 'others-untouched',
  says: 'A deployment of somebody else is left alone.',
  broken: ({ deeds, deployments }) =>
    deeds.flatMap(({ operation, deploymentId }) => {
      const touched = deployments.find((one) => one.deploymentId === deploymentId);
      return touched && !isOurs(touched)
        ? [`${operation} was called for deployment ${deploymentId} of somebody else`]
        : [];
    }),
};
