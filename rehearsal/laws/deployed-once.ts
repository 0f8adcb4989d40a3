import { readMarker } from '../../core/drivers/codedeploy/marker.ts';
import type { Law } from './law.ts';

/** CreateDeployment has no token of its own: each of Tandem's markers has one deployment, however often it is tried. */
export const deployedOnce: Law = {
  name: 'deployed-once',
  says: 'Each deployment is made once.',
  broken: ({ deployments }) => {
    const markers = deployments.flatMap(({ description }) =>
      readMarker(description) && description ? [description] : [],
    );
    return [...Map.groupBy(markers, (marker) => marker)]
      .filter(([, found]) => found.length > 1)
      .map(([marker, found]) => `${marker} was deployed ${found.length} times`);
  },
};
